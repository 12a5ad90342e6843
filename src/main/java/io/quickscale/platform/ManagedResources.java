package io.quickscale.platform;

import java.util.List;

/** A bean that has something to manage; {@link Management} finds all of them. */
public interface ManagedResources {
  /** Asked once, when the application starts. */
  List<ManagedResource<?>> managedResources();
}
