package io.quickscale.platform;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.Config;

/**
 * A property of the configuration that counts as it is when it is used, so that operators can
 * change it while the application runs. A value that makes no sense never takes the place of one
 * that does: the log says so once, and what was used before stays.
 */
public final class LiveValue<T> implements Supplier<Optional<T>> {
  private static final Logger LOG = Logger.getLogger(LiveValue.class.getName());

  private final Config config;
  private final String property;
  private final Class<T> type;
  private final Predicate<T> allowed;
  private final String rule;
  private volatile Optional<T> used = Optional.empty();
  private volatile String complaint = "";

  /**
   * A property without a secret.
   *
   * @param rule the allowed values in words, after "must be"
   */
  public LiveValue(
      Config config, String property, Class<T> type, Predicate<T> allowed, String rule) {
    this.config = config;
    this.property = property;
    this.type = type;
    this.allowed = allowed;
    this.rule = rule;
  }

  /** The value as it is now; empty if there is none. */
  @Override
  public Optional<T> get() {
    try {
      Optional<T> now = config.getOptionalValue(property, type);
      if (now.filter(allowed.negate()).isPresent()) {
        complain(now.get().toString());
      } else {
        used = now;
      }
    } catch (RuntimeException notOfItsType) {
      complain(notOfItsType.toString());
    }
    return used;
  }

  /** The value as it is now. */
  public T orElse(T otherwise) {
    return get().orElse(otherwise);
  }

  private void complain(String what) {
    if (!what.equals(complaint)) {
      complaint = what;
      LOG.warning(
          () ->
              "%s must be %s, but is not (%s): %s"
                  .formatted(
                      property,
                      rule,
                      what,
                      used.map(value -> value + " is used on").orElse("its default is used")));
    }
  }
}
