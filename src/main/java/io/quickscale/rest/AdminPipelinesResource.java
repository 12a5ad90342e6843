package io.quickscale.rest;

import io.quickscale.admin.PipelineAdministration;
import io.quickscale.pipeline.NamedPipelines;
import io.quickscale.rest.PipelineView.PipelineDefinition;
import io.quickscale.web.Access;
import io.quickscale.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Pipelines as operators store them. */
@Path("/admin/pipelines")
@ApplicationScoped
@Access(Access.Level.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class AdminPipelinesResource {
  @Inject NamedPipelines pipelines;
  @Inject PipelineAdministration administration;
  @Inject Caller caller;

  @GET
  @Path("{name}")
  public PipelineView get(@PathParam("name") String name) {
    return PipelineView.of(pipelines.require(name));
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public PipelineView store(@PathParam("name") String name, PipelineDefinition definition) {
    return PipelineView.of(
        administration.store(
            caller.user(), name, definition.descriptionOrNone(), definition.steps()));
  }

  /**
   * Whatever is accepted: there is no body, and generated clients accept only what errors come in.
   */
  @DELETE
  @Path("{name}")
  @Produces(MediaType.WILDCARD)
  public void remove(@PathParam("name") String name) {
    administration.remove(caller.user(), name);
  }
}
