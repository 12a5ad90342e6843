package io.quickscale.platform;

import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Resource;
import jakarta.ejb.Lock;
import jakarta.ejb.LockType;
import jakarta.ejb.SessionContext;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.Callable;
import javax.management.JMException;

/**
 * Shows the application's managed resources to management consoles (JMX), from its start to its
 * stop.
 */
@Singleton
@Startup
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Management {
  @Resource SessionContext session;

  @Resource(lookup = "java:app/AppName")
  String application;

  @Inject Instance<ManagedResources> owners;

  private final ObjectNames names = new ObjectNames(ManagementFactory.getPlatformMBeanServer());

  @PostConstruct
  void start() {
    List<ManagedResource<?>> resources =
        owners.stream().flatMap(owner -> owner.managedResources().stream()).toList();
    try {
      names.register(application, resources, this::bean);
    } catch (JMException e) {
      throw new IllegalStateException("The application cannot be shown to consoles", e);
    }
  }

  @PreDestroy
  void stop() {
    names.unregister();
  }

  /** Does something as this application, whatever thread asks for it. */
  public Object call(Callable<Object> work) throws Exception {
    return work.call();
  }

  private <T> ManagementBean<T> bean(ManagedResource<T> resource) {
    // Through the container's reference: it brings class loader, names and contexts to the thread.
    Management container = session.getBusinessObject(Management.class);
    return new ManagementBean<>(
        ContainerCalls.to(resource.resource(), resource.view(), container::call), resource.view());
  }
}
