package io.quickscale.registry;

import io.quickscale.service.BaseService;
import io.quickscale.service.ServiceRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What an author sees of the registry. */
@ApplicationScoped
public class ServicesForAuthors implements ServiceRegistry {
  @Inject Registry registry;

  @Override
  public <I, O> BaseService<I, O> createServiceInstance(String name) {
    return registry.createServiceInstance(name);
  }
}
