package io.quickscale.rest;

import io.quickscale.job.Job;
import io.quickscale.job.JobDesk;
import io.quickscale.job.JobStatus;
import io.quickscale.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.StreamingOutput;
import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.Optional;

/** The caller's jobs. */
@Path("/jobs")
@ApplicationScoped
@Produces(MediaType.APPLICATION_JSON)
public class JobsResource {
  /** The path before a job's id. */
  static final String FOLDER = "/api/v1/jobs/";

  @Inject JobDesk jobs;
  @Inject JobReader reader;
  @Inject JobItemLines lines;
  @Inject JobEvents events;
  @Inject Caller caller;

  @GET
  public Page<JobView> list(
      @QueryParam("status") JobStatus status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return reader.page(owner(), status, Paging.of(cursor, limit));
  }

  @GET
  @Path("{id}")
  public JobView get(@PathParam("id") String id) {
    return reader.view(require(id));
  }

  @DELETE
  @Path("{id}")
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public JobView cancel(@PathParam("id") String id) {
    return reader.view(jobs.cancel(owner(), Paging.id(id)));
  }

  @GET
  @Path("{id}/items")
  public Page<JobView.Item> items(
      @PathParam("id") String id,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return reader.items(require(id), Paging.of(cursor, limit));
  }

  @GET
  @Path("{id}/items")
  @Produces(JobItemLines.MEDIA_TYPE)
  public StreamingOutput itemsAsLines(
      @PathParam("id") String id,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return lines.of(require(id), cursor, limit);
  }

  @GET
  @Path("{id}/events")
  @Produces(MediaType.SERVER_SENT_EVENTS)
  public void events(@PathParam("id") String id, @Context SseEventSink sink, @Context Sse sse) {
    events.listen(require(id), caller.lastEventId(), sink, sse);
  }

  private Job require(String id) {
    return jobs.require(owner(), Paging.id(id));
  }

  private Optional<Long> owner() {
    return Optional.of(caller.user().id());
  }
}
