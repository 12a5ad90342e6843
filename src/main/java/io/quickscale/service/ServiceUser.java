package io.quickscale.service;

import java.util.Objects;

/**
 * Who runs a service and pays for it. The one that {@link RunContext#user} gives also says within
 * which run it asks: what a service runs for it belongs to that run, is paid once however often
 * that run is tried, and costs nothing if that run fails without a charge. One made in another way
 * starts runs of its own.
 */
public class ServiceUser {
  private final long id;
  private final long accountId;
  private final String email;

  /**
   * @param id the user's id
   * @param accountId the credit account that pays
   * @param email for people, not for decisions
   */
  public ServiceUser(long id, long accountId, String email) {
    this.id = id;
    this.accountId = accountId;
    this.email = email;
  }

  /** The user's id. */
  public long id() {
    return id;
  }

  /** The credit account that pays. */
  public long accountId() {
    return accountId;
  }

  /** For people, not for decisions. */
  public String email() {
    return email;
  }

  /** Whether a service asks for this user within a run of its own. */
  public boolean isWithinRun() {
    return false;
  }

  /** Whether it is the same user, whatever run it asks in. */
  @Override
  public final boolean equals(Object other) {
    return other instanceof ServiceUser user
        && user.id == id
        && user.accountId == accountId
        && Objects.equals(user.email, email);
  }

  @Override
  public final int hashCode() {
    return Long.hashCode(id);
  }

  @Override
  public final String toString() {
    return "user " + id + " of account " + accountId;
  }
}
