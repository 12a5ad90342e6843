package io.quickscale.rest;

import io.quickscale.access.ApiKey;
import io.quickscale.access.ApiKeys.NewKey;
import io.quickscale.platform.Ids;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;

/** A key without its secret. */
public record KeyView(
    String id,
    String prefix,
    String name,
    OffsetDateTime createdAt,
    OffsetDateTime expiresAt,
    OffsetDateTime revokedAt) {

  static KeyView of(ApiKey key) {
    return new KeyView(
        Ids.format(key.id()),
        key.prefix(),
        nameOf(key),
        key.createdAt(),
        key.expiresAt().orElse(null),
        key.revokedAt().orElse(null));
  }

  /** All keys of a user. */
  static Page<KeyView> page(List<ApiKey> keys) {
    return new Page<>(keys.stream().map(KeyView::of).toList(), null);
  }

  private static String nameOf(ApiKey key) {
    return key.name().isEmpty() ? null : key.name();
  }

  /** A key at its creation: the only time that {@code key} is shown. */
  public record NewKeyView(
      String id, String key, String prefix, String name, OffsetDateTime expiresAt) {

    static NewKeyView of(NewKey made) {
      return new NewKeyView(
          Ids.format(made.key().id()),
          made.secret(),
          made.key().prefix(),
          nameOf(made.key()),
          made.key().expiresAt().orElse(null));
    }
  }

  /** What a new key shall be. */
  public record NewKeyRequest(@Size(max = 100) String name, OffsetDateTime expiresAt) {
    String nameOrDefault() {
      return name == null ? "" : name;
    }
  }
}
