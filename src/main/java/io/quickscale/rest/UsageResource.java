package io.quickscale.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

/** The caller's own audit trail. */
@Path("/usage")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {
  @Inject AccountReader accounts;
  @Inject Caller caller;

  @GET
  public Page<UsageView> list(
      @QueryParam("service") String service,
      @QueryParam("cursor") String cursor,
      @QueryParam("limit") String limit) {
    return accounts.usage(caller.user().accountId(), service, Paging.of(cursor, limit));
  }

  @GET
  @Path("{id}")
  public UsageView get(@PathParam("id") String id) {
    return accounts.usage(caller.user().accountId(), id);
  }

  @GET
  @Path("summary")
  public UsageView.SummaryView summary(
      @QueryParam("group_by") String groupBy,
      @QueryParam("from") String from,
      @QueryParam("to") String to) {
    return accounts.summary(caller.user().accountId(), groupBy, from, to);
  }
}
