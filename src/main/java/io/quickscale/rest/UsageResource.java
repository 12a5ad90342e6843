package io.quickscale.rest;

import io.quickscale.run.Usage;
import io.quickscale.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import java.time.OffsetDateTime;

/** The caller's own audit trail. */
@Path("/usage")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class UsageResource {
  @Inject AccountReader accounts;
  @Inject Caller caller;

  @GET
  public Page<UsageView> list(
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("status") Usage.Status status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return accounts.usage(
        caller.user().accountId(),
        AccountReader.filter(from, to, service, status),
        Paging.of(cursor, limit));
  }

  @GET
  @Produces(CsvStream.MEDIA_TYPE)
  public StreamingOutput listAsCsv(
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("status") Usage.Status status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return accounts.usageAsCsv(
        caller.user().accountId(), AccountReader.filter(from, to, service, status), cursor, limit);
  }

  @GET
  @Path("{id}")
  public UsageView get(@PathParam("id") String id) {
    return accounts.usage(caller.user().accountId(), id);
  }

  @GET
  @Path("summary")
  public UsageView.SummaryView summary(
      @QueryParam("group_by") Grouping groupBy,
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to) {
    return accounts.summary(caller.user().accountId(), groupBy, from, to);
  }
}
