package io.quickscale.web;

import io.quickscale.access.ApiKeyAuthentication;
import io.quickscale.access.AuthenticatedUser;
import io.quickscale.access.Role;
import io.quickscale.problem.ForbiddenProblem;
import io.quickscale.problem.UnauthenticatedProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Who calls, and whether that is enough: the check before whatever a face does for a caller. */
@ApplicationScoped
public class AccessCheck {
  @Inject ApiKeyAuthentication authentication;
  @Inject Caller caller;
  @Inject HttpServletRequest request;

  /**
   * Lets the caller of the current request in; from here on it is the {@link Caller}.
   *
   * @throws UnauthenticatedProblem there is no key where one is needed, or one that does not count
   * @throws ForbiddenProblem the user's role is not enough
   * @throws io.quickscale.service.InvalidInputException a header of credentials comes twice
   */
  public void require(Access.Level level) {
    caller.enter();
    SingleHeaders.require(request, SingleHeaders.OF_CREDENTIALS);
    // Asked in any case: a key that does not count is refused even where none is needed.
    Optional<AuthenticatedUser> user =
        authentication.authenticate(
            request.getHeader(SingleHeaders.AUTHORIZATION),
            request.getHeader(SingleHeaders.API_KEY));
    user.ifPresent(caller::enter);
    if (level == Access.Level.ANYBODY) {
      return;
    }
    if (user.isEmpty()) {
      throw new UnauthenticatedProblem(
          "Send an API key: 'Authorization: Bearer <key>' or 'X-API-Key: <key>'.");
    }
    if (level == Access.Level.ADMIN && user.get().role() != Role.ADMIN) {
      throw new ForbiddenProblem("This needs the role admin.");
    }
  }
}
