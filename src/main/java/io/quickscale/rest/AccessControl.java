package io.quickscale.rest;

import io.quickscale.access.ApiKeyAuthentication;
import io.quickscale.access.AuthenticatedUser;
import io.quickscale.access.Role;
import io.quickscale.problem.ForbiddenProblem;
import io.quickscale.problem.UnauthenticatedProblem;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.util.Optional;

/**
 * Puts a check before each resource method: who calls, and whether that is enough. Closed unless
 * the method or its class says otherwise.
 */
@Provider
public class AccessControl implements DynamicFeature {
  /**
   * After the server's own filter for traces (WildFly's): a request that is refused has one too.
   */
  static final int PRIORITY = Priorities.USER + 1;

  @Inject ApiKeyAuthentication authentication;
  @Inject Caller caller;
  @Inject HttpServletRequest request;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    context.register(new Check(level(resource)), PRIORITY);
  }

  private static Access.Level level(ResourceInfo resource) {
    Access access = resource.getResourceMethod().getAnnotation(Access.class);
    if (access == null) {
      access = resource.getResourceClass().getAnnotation(Access.class);
    }
    return access == null ? Access.Level.USER : access.value();
  }

  @Priority(PRIORITY)
  private final class Check implements ContainerRequestFilter {
    private final Access.Level level;

    Check(Access.Level level) {
      this.level = level;
    }

    @Override
    public void filter(ContainerRequestContext context) {
      caller.enter();
      SingleHeaders.require(request, SingleHeaders.OF_CREDENTIALS);
      // Asked in any case: a key that does not count is refused even where none is needed.
      Optional<AuthenticatedUser> user =
          authentication.authenticate(
              request.getHeader(HttpHeaders.AUTHORIZATION),
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
}
