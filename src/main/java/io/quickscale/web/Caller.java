package io.quickscale.web;

import io.quickscale.access.AuthenticatedUser;
import io.quickscale.problem.UnauthenticatedProblem;
import io.quickscale.run.IdempotencyKey;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Who calls, and what the request says about itself. */
@ApplicationScoped
public class Caller {
  private static final String USER = Caller.class.getName() + ".user";

  @Inject HttpServletRequest request;
  @Inject RequestTrace trace;

  /** Remembers for the rest of the request which trace it belongs to. */
  void enter() {
    trace.enter(request);
  }

  /** Remembers for the rest of the request whose key it came with. */
  void enter(AuthenticatedUser user) {
    request.setAttribute(USER, user);
  }

  /** The user; resources that are open to anybody do not ask. */
  public AuthenticatedUser user() {
    if (request.getAttribute(USER) instanceof AuthenticatedUser user) {
      return user;
    }
    throw new UnauthenticatedProblem("Send an API key.");
  }

  /** The path that is asked for. */
  public String path() {
    return request.getRequestURI();
  }

  /** What follows the question mark, as it was sent; null if there is none. */
  public String query() {
    return request.getQueryString();
  }

  /** See {@link CorrelationId}. */
  public String correlationId() {
    return CorrelationId.of(request);
  }

  /** The last event of a stream that the caller has seen, by its id. */
  public Optional<String> lastEventId() {
    return Optional.ofNullable(request.getHeader("Last-Event-ID"));
  }

  /** See {@link RequestTrace}. */
  public Optional<String> traceId() {
    return RequestTrace.of(request);
  }

  /**
   * The request's idempotency key, if it has one.
   *
   * @param body belongs to what must be the same when the key comes again
   */
  public Optional<IdempotencyKey> idempotencyKey(byte[] body) {
    return Optional.ofNullable(request.getHeader(SingleHeaders.IDEMPOTENCY_KEY))
        .map(value -> new IdempotencyKey(user().id(), value, fingerprint(body)));
  }

  private String fingerprint(byte[] body) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(
          (request.getMethod() + " " + request.getRequestURI() + "\n")
              .getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest.digest(body));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }
}
