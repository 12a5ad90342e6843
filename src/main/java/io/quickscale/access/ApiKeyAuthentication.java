package io.quickscale.access;

import io.quickscale.platform.EventLog;
import io.quickscale.problem.Problem;
import io.quickscale.problem.UnauthenticatedProblem;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.ServiceUnavailableException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Says who calls, by the headers of a request. */
@ApplicationScoped
public class ApiKeyAuthentication {
  private static final Logger LOG = Logger.getLogger(ApiKeyAuthentication.class.getName());

  @Inject ApiKeys keys;
  @Inject EventLog log;

  /**
   * The user behind a request; empty if it came without a key.
   *
   * @param authorization the header Authorization: {@code Bearer <key>}; null if there is none
   * @param apiKey the header X-API-Key; null if there is none
   * @throws UnauthenticatedProblem there is a key, but it does not count
   * @throws InvalidInputException there are two, and they differ
   * @throws ServiceUnavailableException keys cannot be looked up now
   */
  public Optional<AuthenticatedUser> authenticate(String authorization, String apiKey) {
    return PresentedKey.of(authorization, apiKey).map(this::user);
  }

  private AuthenticatedUser user(String key) {
    try {
      return keys.authenticate(key)
          .orElseThrow(
              () ->
                  new UnauthenticatedProblem(
                      "This API key does not count: it is unknown, revoked or expired, or its user is inactive."));
    } catch (Problem problem) {
      throw problem;
    } catch (RuntimeException e) {
      log.log(LOG, Level.SEVERE, e, "API keys cannot be looked up");
      throw new ServiceUnavailableException("Keys cannot be checked now. Try again later.");
    }
  }
}
