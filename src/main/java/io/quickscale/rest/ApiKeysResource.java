package io.quickscale.rest;

import io.quickscale.access.ApiKeys;
import io.quickscale.admin.UserAdministration;
import io.quickscale.rest.KeyView.NewKeyRequest;
import io.quickscale.rest.KeyView.NewKeyView;
import io.quickscale.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/** The caller's own keys. */
@Path("/api-keys")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ApiKeysResource {
  @Inject ApiKeys keys;
  @Inject UserAdministration administration;
  @Inject Caller caller;

  @GET
  public Page<KeyView> list() {
    return KeyView.page(keys.list(caller.user().id()));
  }

  @POST
  public Response create(NewKeyRequest wanted) {
    return created(
        NewKeyView.of(
            administration.createKey(
                caller.user(),
                caller.user().id(),
                wanted.nameOrDefault(),
                Optional.ofNullable(wanted.expiresAt()))));
  }

  /**
   * Whatever is accepted: there is no body, and generated clients accept only what errors come in.
   */
  @DELETE
  @Path("{id}")
  @Produces(MediaType.WILDCARD)
  public void revoke(@PathParam("id") String id) {
    administration.revokeKey(caller.user(), caller.user().id(), Paging.id(id));
  }

  @POST
  @Path("{id}/rotate")
  @Consumes(MediaType.WILDCARD)
  public Response rotate(@PathParam("id") String id) {
    return created(
        NewKeyView.of(administration.rotateKey(caller.user(), caller.user().id(), Paging.id(id))));
  }

  private static Response created(NewKeyView made) {
    return Created.at("/api/v1/api-keys/" + made.id(), made);
  }
}
