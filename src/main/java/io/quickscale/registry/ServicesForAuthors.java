package io.quickscale.registry;

import io.quickscale.service.BaseService;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What an author sees of the registry. */
@ApplicationScoped
public class ServicesForAuthors implements io.quickscale.service.ServiceRegistry {
  @Inject ServiceRegistry registry;

  @Override
  public <I, O> BaseService<I, O> createServiceInstance(String name) {
    return registry.createServiceInstance(name);
  }
}
