package io.quickscale.platform;

import java.util.Optional;

/**
 * An object that operators see and change in a management console.
 *
 * @param type what kind of thing it is
 * @param name which one of its type; empty if there is one only
 * @param view what they see: a public interface by the rules of MXBeans, so that a console needs no
 *     class of ours, with a {@link Description} on everything, and no two operations of one name
 */
public record ManagedResource<T>(String type, Optional<String> name, Class<T> view, T resource) {

  /** The only resource of its type. */
  public static <T> ManagedResource<T> of(String type, Class<T> view, T resource) {
    return new ManagedResource<>(type, Optional.empty(), view, resource);
  }

  /** One of the resources of a type. */
  public static <T> ManagedResource<T> of(String type, String name, Class<T> view, T resource) {
    return new ManagedResource<>(type, Optional.of(name), view, resource);
  }
}
