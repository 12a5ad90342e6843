package io.quickscale.rest;

import io.quickscale.admin.ServiceAdministration;
import io.quickscale.registry.Registry;
import io.quickscale.web.Access;
import io.quickscale.web.Caller;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Services as operators configure them. */
@Path("/admin/services")
@ApplicationScoped
@Access(Access.Level.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class AdminServicesResource {
  @EJB Registry registry;
  @Inject ServiceAdministration administration;
  @Inject Caller caller;

  @GET
  public Page<ServiceView> list() {
    return new Page<>(registry.all().stream().map(ServiceView::of).toList(), null);
  }

  @PUT
  @Path("{name}")
  @Consumes(MediaType.APPLICATION_JSON)
  public ServiceView change(@PathParam("name") String name, ServiceChange change) {
    administration.change(caller.user(), "change_service", name, change::applyTo);
    return ServiceView.of(registry.require(name));
  }

  /**
   * Whatever is accepted: there is no body, and generated clients accept only what errors come in.
   */
  @DELETE
  @Path("{name}")
  @Produces(MediaType.WILDCARD)
  public void forget(@PathParam("name") String name) {
    administration.forget(caller.user(), name);
  }

  @POST
  @Path("{name}/activate")
  public ServiceView activate(@PathParam("name") String name) {
    return switchTo(name, true);
  }

  @POST
  @Path("{name}/deactivate")
  public ServiceView deactivate(@PathParam("name") String name) {
    return switchTo(name, false);
  }

  private ServiceView switchTo(String name, boolean on) {
    administration.change(
        caller.user(),
        on ? "activate_service" : "deactivate_service",
        name,
        settings -> settings.withActive(on));
    return ServiceView.of(registry.require(name));
  }
}
