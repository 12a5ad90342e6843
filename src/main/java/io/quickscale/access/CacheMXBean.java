package io.quickscale.access;

import io.quickscale.platform.Description;

/** A cache as a management console shows it. */
@Description("What this node remembers so that a request costs no query")
public interface CacheMXBean {
  @Description("How many entries there are")
  long getEntries();

  @Description("The most entries there can be; those that were not used for long make place")
  long getCapacity();

  @Description("Forgets all entries: each is read from the database again at its next use")
  void clear();
}
