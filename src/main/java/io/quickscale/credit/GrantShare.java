package io.quickscale.credit;

import java.util.ArrayList;
import java.util.List;

/** One grant's part of a hold or of a charge. */
public record GrantShare(long grantId, GrantKind kind, Credits credits) {
  static Credits total(List<GrantShare> shares) {
    return Credits.sum(shares.stream().map(GrantShare::credits).toList());
  }

  /**
   * Compact text for one database column, {@code grant:kind:micros,...}: a hold is one row, not one
   * row a grant.
   */
  public static String format(List<GrantShare> shares) {
    return String.join(
        ",",
        shares.stream().map(s -> s.grantId + ":" + s.kind + ":" + s.credits.micros()).toList());
  }

  /** Reads what {@link #format} wrote; {@code null} and empty are no shares. */
  public static List<GrantShare> parse(String text) {
    List<GrantShare> shares = new ArrayList<>();
    if (text != null && !text.isEmpty()) {
      for (String share : text.split(",")) {
        String[] part = share.split(":");
        shares.add(
            new GrantShare(
                Long.parseLong(part[0]),
                GrantKind.valueOf(part[1]),
                Credits.ofMicros(Long.parseLong(part[2]))));
      }
    }
    return shares;
  }
}
