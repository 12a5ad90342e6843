package io.quickscale.problem;

import jakarta.ejb.ApplicationException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Root of everything that is answered as {@code application/problem+json} (RFC 9457). A subclass is
 * one problem with one stable code; its message is the {@code detail}, written for the caller: it
 * says what to do and shows nothing of the inside.
 *
 * <p>An EJB lets a problem through as it is, instead of wrapping it.
 *
 * <p>Problems carry no stack trace: they are answers, and under load there are many of them.
 */
@ApplicationException(rollback = true)
public abstract class Problem extends RuntimeException {
  private final int status;
  private final String code;
  private final String title;
  private final Map<String, Object> members = new LinkedHashMap<>();
  private Integer retryAfterSeconds;

  protected Problem(int status, String code, String title, String detail) {
    this(status, code, title, detail, null);
  }

  protected Problem(int status, String code, String title, String detail, Throwable cause) {
    super(detail, cause, false, false);
    this.status = status;
    this.code = code;
    this.title = title;
  }

  /** Adds an extension member; values are texts, numbers, booleans, or lists of records. */
  protected final void member(String name, Object value) {
    members.put(name, value);
  }

  /** Tells the caller when a new try makes sense. */
  protected final void retryAfterSeconds(int seconds) {
    retryAfterSeconds = seconds;
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The stable code that clients switch on. */
  public String code() {
    return code;
  }

  /** A short name, the same for every occurrence. */
  public String title() {
    return title;
  }

  /** What happened this time and what to do. */
  public String detail() {
    return getMessage();
  }

  /** Extension members in the order they are shown. */
  public Map<String, Object> members() {
    return Collections.unmodifiableMap(members);
  }

  /** Seconds after which a new try makes sense, where known. */
  public Optional<Integer> retryAfterSeconds() {
    return Optional.ofNullable(retryAfterSeconds);
  }
}
