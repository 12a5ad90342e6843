package io.quickscale.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;

/** The caller's own credits. */
@Path("/credits")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class CreditsResource {
  @Inject AccountReader accounts;
  @Inject Caller caller;

  @GET
  public CreditsView credits() {
    return accounts.credits(caller.user().accountId());
  }

  @GET
  @Path("transactions")
  public Page<TransactionView> transactions(
      @QueryParam("cursor") Cursor cursor, @QueryParam("limit") Limit limit) {
    return accounts.transactions(caller.user().accountId(), Paging.of(cursor, limit));
  }

  @GET
  @Path("transactions")
  @Produces("text/csv; charset=UTF-8; qs=0.5")
  public StreamingOutput transactionsAsCsv(
      @QueryParam("cursor") Cursor cursor, @QueryParam("limit") Limit limit) {
    return accounts.transactionsAsCsv(caller.user().accountId(), cursor, limit);
  }
}
