package io.quickscale.rest;

import io.quickscale.admin.UserAdministration;
import io.quickscale.web.Access;
import io.quickscale.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

/** Anybody's keys, for admins. */
@Path("/admin/api-keys")
@ApplicationScoped
@Access(Access.Level.ADMIN)
public class AdminApiKeysResource {
  @Inject UserAdministration administration;
  @Inject Caller caller;

  /**
   * Whatever is accepted: there is no body, and generated clients accept only what errors come in.
   */
  @DELETE
  @Path("{id}")
  @Produces(MediaType.WILDCARD)
  public void revoke(@PathParam("id") String id) {
    administration.revokeKey(caller.user(), Paging.id(id));
  }
}
