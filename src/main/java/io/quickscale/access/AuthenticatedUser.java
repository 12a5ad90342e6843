package io.quickscale.access;

import io.quickscale.service.ServiceUser;
import java.util.Optional;
import java.util.Set;

/**
 * The user behind a request.
 *
 * @param apiKeyId the key that the request came with
 */
public record AuthenticatedUser(long id, long accountId, String email, Role role, long apiKeyId)
    implements Actor {
  static AuthenticatedUser of(User user, ApiKey key) {
    return new AuthenticatedUser(user.id(), user.accountId(), user.email(), user.role(), key.id());
  }

  @Override
  public Optional<Long> userId() {
    return Optional.of(id);
  }

  @Override
  public String label() {
    return email;
  }

  /** The words for all that the user may do: an admin is a user too. */
  public Set<String> roles() {
    return role == Role.ADMIN
        ? Set.of(Role.USER.word(), Role.ADMIN.word())
        : Set.of(Role.USER.word());
  }

  /** The same user as services see it. */
  public ServiceUser asServiceUser() {
    return new ServiceUser(id, accountId, email);
  }
}
