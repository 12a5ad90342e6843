package io.quickscale.access;

import io.quickscale.platform.ManagedResource;
import io.quickscale.platform.ManagedResources;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** The API keys and their cache. */
@ApplicationScoped
class KeyManagement implements KeysMXBean, CacheMXBean, ManagedResources {
  @Inject ApiKeys keys;
  @Inject KeyCache cache;

  @Override
  public List<ManagedResource<?>> managedResources() {
    return List.of(
        ManagedResource.of("Keys", KeysMXBean.class, this),
        ManagedResource.of("Cache", "keys", CacheMXBean.class, this));
  }

  @Override
  public long getRevision() {
    return cache.seenRevision();
  }

  @Override
  public long countActive() {
    return keys.countActive();
  }

  @Override
  public long getEntries() {
    return cache.size();
  }

  @Override
  public long getCapacity() {
    return cache.capacity();
  }

  @Override
  public void clear() {
    cache.clear();
  }
}
