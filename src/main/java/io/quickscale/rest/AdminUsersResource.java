package io.quickscale.rest;

import io.quickscale.access.ApiKeys;
import io.quickscale.access.EmailAddress;
import io.quickscale.access.User;
import io.quickscale.access.Users;
import io.quickscale.admin.CreditAdministration;
import io.quickscale.admin.UserAdministration;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import io.quickscale.rest.CreditsView.GrantView;
import io.quickscale.rest.KeyView.NewKeyRequest;
import io.quickscale.rest.KeyView.NewKeyView;
import io.quickscale.rest.UserView.NewUserRequest;
import io.quickscale.rest.UserView.UserChange;
import io.quickscale.run.Idempotency;
import io.quickscale.run.Usage;
import io.quickscale.web.Access;
import io.quickscale.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Users, their keys, grants and records, for admins. */
@Path("/admin/users")
@ApplicationScoped
@Access(Access.Level.ADMIN)
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class AdminUsersResource {
  @Inject Users users;
  @Inject ApiKeys keys;
  @Inject UserAdministration administration;
  @Inject CreditAdministration credits;
  @Inject AccountReader accounts;
  @Inject Idempotency idempotency;
  @Inject RunAnswerFormat format;
  @Inject RequestBody body;
  @Inject JsonCodec codec;
  @Inject Caller caller;
  @Inject Time time;

  @GET
  public Page<UserView> list(
      @QueryParam("email") EmailAddress email,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return Paging.of(cursor, limit)
        .page(
            (before, most) -> users.list(Optional.ofNullable(email), before, most),
            User::id,
            UserView::of);
  }

  @POST
  public Response create(NewUserRequest wanted) {
    User user = administration.create(caller.user(), wanted.address(), wanted.roleOrDefault());
    return Created.at("/api/v1/admin/users/" + Ids.format(user.id()), UserView.of(user));
  }

  @GET
  @Path("{id}")
  public UserView get(@PathParam("id") String id) {
    return UserView.of(user(id));
  }

  @PATCH
  @Path("{id}")
  public UserView change(@PathParam("id") String id, UserChange change) {
    return UserView.of(
        administration.change(
            caller.user(), Paging.id(id), Optional.ofNullable(change.active()), change.newRole()));
  }

  @GET
  @Path("{id}/api-keys")
  public Page<KeyView> keys(@PathParam("id") String id) {
    return KeyView.page(keys.list(user(id).id()));
  }

  @POST
  @Path("{id}/api-keys")
  public Response createKey(@PathParam("id") String id, NewKeyRequest wanted) {
    NewKeyView made =
        NewKeyView.of(
            administration.createKey(
                caller.user(),
                Paging.id(id),
                wanted.nameOrDefault(),
                Optional.ofNullable(wanted.expiresAt())));
    return Created.at("/api/v1/admin/api-keys/" + made.id(), made);
  }

  @POST
  @Path("{id}/grants")
  public Response give(@PathParam("id") String id, InputStream in) throws IOException {
    byte[] wanted = body.read(in);
    long userId = Paging.id(id);
    return format.respondCreated(
        idempotency.once(
            caller.idempotencyKey(wanted),
            () ->
                format.json(
                    201,
                    GrantView.of(
                        credits.give(
                            caller.user(),
                            userId,
                            codec.read(wanted, GrantRequest.class).toGrant()),
                        time.now()))),
        "/api/v1/admin/grants/");
  }

  @GET
  @Path("{id}/credits")
  public CreditsView credits(@PathParam("id") String id) {
    return accounts.credits(user(id).accountId());
  }

  @GET
  @Path("{id}/transactions")
  public Page<TransactionView> transactions(
      @PathParam("id") String id,
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("status") Usage.Status status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return accounts.transactions(
        user(id).accountId(),
        AccountReader.filter(from, to, service, status),
        Paging.of(cursor, limit));
  }

  @GET
  @Path("{id}/transactions")
  @Produces(CsvStream.MEDIA_TYPE)
  public StreamingOutput transactionsAsCsv(
      @PathParam("id") String id,
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("status") Usage.Status status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return accounts.transactionsAsCsv(
        user(id).accountId(), AccountReader.filter(from, to, service, status), cursor, limit);
  }

  @GET
  @Path("{id}/usage")
  public Page<UsageView> usage(
      @PathParam("id") String id,
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("status") Usage.Status status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return accounts.usage(
        user(id).accountId(),
        AccountReader.filter(from, to, service, status),
        Paging.of(cursor, limit));
  }

  @GET
  @Path("{id}/usage")
  @Produces(CsvStream.MEDIA_TYPE)
  public StreamingOutput usageAsCsv(
      @PathParam("id") String id,
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("to") OffsetDateTime to,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("status") Usage.Status status,
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit) {
    return accounts.usageAsCsv(
        user(id).accountId(), AccountReader.filter(from, to, service, status), cursor, limit);
  }

  private User user(String id) {
    return users.require(Paging.id(id));
  }
}
