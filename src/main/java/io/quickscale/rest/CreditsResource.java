package io.quickscale.rest;

import io.quickscale.run.Usage;
import io.quickscale.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.OffsetDateTime;

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
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("status") Usage.Status status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return accounts.transactions(
        caller.user().accountId(),
        AccountReader.filter(from, to, service, status),
        Paging.of(cursor, limit));
  }

  @GET
  @Path("transactions")
  @Produces(CsvStream.MEDIA_TYPE)
  public StreamingOutput transactionsAsCsv(
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("status") Usage.Status status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return accounts.transactionsAsCsv(
        caller.user().accountId(), AccountReader.filter(from, to, service, status), cursor, limit);
  }
}
