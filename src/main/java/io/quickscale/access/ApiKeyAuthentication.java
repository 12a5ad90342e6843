package io.quickscale.access;

import io.quickscale.problem.Problem;
import io.quickscale.problem.UnauthenticatedProblem;
import io.quickscale.service.ServiceUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.security.enterprise.AuthenticationStatus;
import jakarta.security.enterprise.authentication.mechanism.http.HttpAuthenticationMechanism;
import jakarta.security.enterprise.authentication.mechanism.http.HttpMessageContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Tells the container who calls, by API key. Refuses nobody itself, since the container would
 * answer with HTML: it leaves the user or the problem in the request, and the REST layer answers.
 */
@ApplicationScoped
public class ApiKeyAuthentication implements HttpAuthenticationMechanism {
  private static final Logger LOG = Logger.getLogger(ApiKeyAuthentication.class.getName());
  private static final String USER = ApiKeyAuthentication.class.getName() + ".user";
  private static final String PROBLEM = ApiKeyAuthentication.class.getName() + ".problem";
  private static final String BEARER = "Bearer";

  @Inject ApiKeys keys;

  /**
   * The user behind a request; empty if it came without a key.
   *
   * @throws Problem the request has a key that does not count
   */
  public static Optional<AuthenticatedUser> user(HttpServletRequest request) {
    if (request.getAttribute(PROBLEM) instanceof Problem problem) {
      throw problem;
    }
    return Optional.ofNullable((AuthenticatedUser) request.getAttribute(USER));
  }

  @Override
  public AuthenticationStatus validateRequest(
      HttpServletRequest request, HttpServletResponse response, HttpMessageContext context) {
    // Payara asks twice a request: look the key up only once.
    if (request.getAttribute(USER) == null && request.getAttribute(PROBLEM) == null) {
      authenticate(request);
    }
    return request.getAttribute(USER) instanceof AuthenticatedUser user
        ? context.notifyContainerAboutLogin(user, user.groups())
        : context.doNothing();
  }

  private void authenticate(HttpServletRequest request) {
    Optional<String> key = key(request);
    if (key.isEmpty()) {
      return;
    }
    try {
      keys.authenticate(key.get())
          .ifPresentOrElse(
              user -> request.setAttribute(USER, user),
              () ->
                  request.setAttribute(
                      PROBLEM,
                      new UnauthenticatedProblem(
                          "This API key does not count: it is unknown, revoked or expired, or its user is inactive.")));
    } catch (RuntimeException e) {
      LOG.log(Level.SEVERE, "API keys cannot be looked up", e);
      request.setAttribute(
          PROBLEM, new ServiceUnavailableException("Keys cannot be checked now. Try again later."));
    }
  }

  private static Optional<String> key(HttpServletRequest request) {
    String header = request.getHeader("Authorization");
    if (header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return Optional.of(header.substring(BEARER.length()).trim());
    }
    return Optional.ofNullable(request.getHeader("X-API-Key")).map(String::trim);
  }
}
