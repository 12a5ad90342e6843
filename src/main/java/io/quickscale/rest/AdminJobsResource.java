package io.quickscale.rest;

import io.quickscale.admin.JobAdministration;
import io.quickscale.job.JobStatus;
import io.quickscale.web.Access;
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
import jakarta.ws.rs.core.MediaType;
import java.util.Optional;

/** Everybody's jobs. */
@Path("/admin/jobs")
@ApplicationScoped
@Access(Access.Level.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class AdminJobsResource {
  @Inject JobAdministration jobs;
  @Inject JobReader reader;
  @Inject Caller caller;

  @GET
  public Page<JobView> list(
      @QueryParam("status") JobStatus status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return reader.page(Optional.empty(), status, Paging.of(cursor, limit));
  }

  @DELETE
  @Path("{id}")
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public JobView cancel(@PathParam("id") String id) {
    return reader.view(jobs.cancel(caller.user(), Paging.id(id)));
  }
}
