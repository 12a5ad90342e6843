package io.quickscale.credit;

import java.util.Locale;

/**
 * Where a grant comes from. Subscription credits always pay first; among the others the lower
 * priority number does.
 */
public enum GrantKind {
  SUBSCRIPTION(0),
  PROMOTIONAL(10),
  ADMIN(20),
  PAY_AS_YOU_GO(30);

  private final int defaultPriority;

  GrantKind(int defaultPriority) {
    this.defaultPriority = defaultPriority;
  }

  /** Given credits go before bought ones, unless the grant says otherwise. */
  public int defaultPriority() {
    return defaultPriority;
  }

  /** The word in JSON: {@code pay_as_you_go}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException no such kind
   */
  public static GrantKind ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
