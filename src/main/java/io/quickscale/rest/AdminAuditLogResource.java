package io.quickscale.rest;

import io.quickscale.admin.AuditEntry;
import io.quickscale.admin.AuditLog;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Ids;
import io.quickscale.web.Access;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.OffsetDateTime;

/** Who changed what. */
@Path("/admin/audit-log")
@ApplicationScoped
@Access(Access.Level.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class AdminAuditLogResource {
  @Inject AuditLog log;
  @Inject JsonCodec codec;

  /** One entry of the audit log. */
  public record AuditView(
      String id,
      OffsetDateTime at,
      String actorId,
      String actor,
      String action,
      String target,
      JsonValue before,
      JsonValue after) {}

  @GET
  public Page<AuditView> list(
      @QueryParam("cursor") Cursor cursor, @QueryParam("limit") Limit limit) {
    return Paging.of(cursor, limit).page(log::list, AuditEntry::id, this::view);
  }

  private AuditView view(AuditEntry entry) {
    return new AuditView(
        Ids.format(entry.id()),
        entry.createdAt(),
        entry.actorId().map(Ids::format).orElse(null),
        entry.actor(),
        entry.action(),
        entry.target(),
        entry.before().map(this::json).orElse(null),
        entry.after().map(this::json).orElse(null));
  }

  private JsonValue json(String text) {
    return codec.readOwn(text, JsonValue.class);
  }
}
