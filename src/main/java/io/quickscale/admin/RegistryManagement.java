package io.quickscale.admin;

import io.quickscale.platform.ManagedResource;
import io.quickscale.platform.ManagedResources;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.run.RunTotals;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;

/** The registry, and each of the services that it knows when the application starts. */
@ApplicationScoped
class RegistryManagement implements RegistryMXBean, ManagedResources {
  @EJB Registry registry;
  @Inject ServiceAdministration administration;
  @Inject RunTotals totals;

  @Override
  public List<ManagedResource<?>> managedResources() {
    return Stream.concat(
            Stream.of(ManagedResource.of("Registry", RegistryMXBean.class, this)),
            registry.all().stream().map(RegisteredService::name).map(this::service))
        .<ManagedResource<?>>map(resource -> resource)
        .toList();
  }

  private ManagedResource<ServiceMXBean> service(String name) {
    return ManagedResource.of(
        "Service",
        name,
        ServiceMXBean.class,
        new ServiceManagement(name, registry, administration, totals));
  }

  @Override
  public int getServices() {
    return registry.all().size();
  }

  @Override
  public int getAvailableServices() {
    return (int)
        registry.all().stream().filter(service -> service.unavailableReason().isEmpty()).count();
  }

  @Override
  public String[] getNames() {
    return registry.all().stream().map(RegisteredService::name).toArray(String[]::new);
  }

  @Override
  public void refresh() {
    registry.reread();
  }
}
