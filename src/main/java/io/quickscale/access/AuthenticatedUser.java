package io.quickscale.access;

import io.quickscale.service.ServiceUser;
import jakarta.security.enterprise.CallerPrincipal;
import java.util.Set;

/** The user behind a request, as the container's principal. */
public final class AuthenticatedUser extends CallerPrincipal {
  private static final long serialVersionUID = 1;

  private final long id;
  private final long accountId;
  private final Role role;

  AuthenticatedUser(User user) {
    super(user.email());
    this.id = user.id();
    this.accountId = user.accountId();
    this.role = user.role();
  }

  public long id() {
    return id;
  }

  public long accountId() {
    return accountId;
  }

  public String email() {
    return getName();
  }

  public Role role() {
    return role;
  }

  /** The roles in the container's words: an admin is a user too. */
  public Set<String> groups() {
    return role == Role.ADMIN
        ? Set.of(Role.USER.word(), Role.ADMIN.word())
        : Set.of(Role.USER.word());
  }

  /** The same user as services see it. */
  public ServiceUser asServiceUser() {
    return new ServiceUser(id, accountId, email());
  }
}
