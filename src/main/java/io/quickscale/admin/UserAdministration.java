package io.quickscale.admin;

import io.quickscale.access.ApiKey;
import io.quickscale.access.ApiKeys;
import io.quickscale.access.ApiKeys.NewKey;
import io.quickscale.access.AuthenticatedUser;
import io.quickscale.access.EmailAddress;
import io.quickscale.access.Role;
import io.quickscale.access.User;
import io.quickscale.access.Users;
import io.quickscale.platform.Ids;
import io.quickscale.problem.ConflictProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.OffsetDateTime;
import java.util.Optional;

/** Users and their keys, as operators change them. */
@ApplicationScoped
public class UserAdministration {
  @Inject Users users;
  @Inject ApiKeys keys;
  @Inject AuditLog log;

  /** A user as the audit log keeps it. */
  public record UserState(String email, String role, boolean active) {
    static UserState of(User user) {
      return new UserState(user.email(), user.role().word(), user.isActive());
    }
  }

  /** A key as the audit log keeps it: never its secret. */
  public record KeyState(
      String userId,
      String prefix,
      String name,
      OffsetDateTime expiresAt,
      OffsetDateTime revokedAt) {
    static KeyState of(ApiKey key) {
      return new KeyState(
          Ids.format(key.userId()),
          key.prefix(),
          key.name(),
          key.expiresAt().orElse(null),
          key.revokedAt().orElse(null));
    }
  }

  /** See {@link Users#create}. */
  @Transactional
  public User create(AuthenticatedUser actor, EmailAddress email, Role role) {
    User user = users.create(email, role);
    log.record(actor, "create_user", target(user), null, UserState.of(user));
    return user;
  }

  /**
   * Lets a user in or locks it out, and sets its role. What is so already is neither written nor
   * noted.
   *
   * @throws ConflictProblem admins cannot lock out or demote themselves: somebody must be left to
   *     undo it
   */
  @Transactional
  public User change(
      AuthenticatedUser actor, long id, Optional<Boolean> active, Optional<Role> role) {
    if (actor.id() == id
        && (active.equals(Optional.of(false)) || role.equals(Optional.of(Role.USER)))) {
      throw new ConflictProblem("You cannot lock out or demote yourself. Let another admin do it.");
    }
    UserState before = UserState.of(users.lock(id));
    User user = users.change(id, active, role);
    log.recordChange(actor, "change_user", target(user), before, UserState.of(user));
    return user;
  }

  /** A new key for a user; the user's own keys come this way too. */
  @Transactional
  public NewKey createKey(
      AuthenticatedUser actor, long userId, String name, Optional<OffsetDateTime> expiresAt) {
    NewKey made = keys.create(users.require(userId).id(), name, expiresAt);
    log.record(actor, "create_api_key", target(made.key()), null, KeyState.of(made.key()));
    return made;
  }

  /** Revokes a user's key; see {@link ApiKeys#revoke}. */
  @Transactional
  public void revokeKey(AuthenticatedUser actor, long userId, long keyId) {
    revoke(actor, keys.require(userId, keyId));
  }

  /** Revokes anybody's key; see {@link ApiKeys#revoke}. */
  @Transactional
  public void revokeKey(AuthenticatedUser actor, long keyId) {
    revoke(actor, keys.require(keyId));
  }

  /** See {@link ApiKeys#rotate}. */
  @Transactional
  public NewKey rotateKey(AuthenticatedUser actor, long userId, long keyId) {
    ApiKey old = keys.require(userId, keyId);
    KeyState before = KeyState.of(old);
    NewKey made = keys.rotate(userId, keyId);
    log.record(actor, "rotate_api_key", target(old), before, KeyState.of(made.key()));
    return made;
  }

  private void revoke(AuthenticatedUser actor, ApiKey key) {
    KeyState before = KeyState.of(key);
    keys.revoke(key.userId(), key.id())
        .ifPresent(
            revoked ->
                log.record(actor, "revoke_api_key", target(key), before, KeyState.of(revoked)));
  }

  private static String target(User user) {
    return "user/" + Ids.format(user.id());
  }

  private static String target(ApiKey key) {
    return "api_key/" + Ids.format(key.id());
  }
}
