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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Shows the application's managed resources to management consoles (JMX) from its start to its
 * stop.
 *
 * <p>Another application on the same server may have taken the names: then all names of this one
 * get {@code application} as one more key.
 */
@Singleton
@Startup
@Lock(LockType.READ)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class Management {
  private static final Logger LOG = Logger.getLogger(Management.class.getName());
  private static final String DOMAIN = "io.quickscale";

  @Resource SessionContext session;

  @Resource(lookup = "java:app/AppName")
  String application;

  @Inject Instance<ManagedResources> owners;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();
  private final List<ObjectName> registered = new ArrayList<>();

  @PostConstruct
  void start() {
    List<ManagedResource<?>> resources =
        owners.stream().flatMap(owner -> owner.managedResources().stream()).toList();
    try {
      if (!register(resources, "")) {
        String key = ",application=" + ObjectName.quote(application);
        LOG.info(() -> "Names of managed resources are taken; these have " + key);
        register(resources, key);
      }
    } catch (JMException | RuntimeException e) {
      stop();
      throw new IllegalStateException("The application cannot be shown to consoles", e);
    }
  }

  /** Registers all or none; false if a name is taken. */
  private boolean register(List<ManagedResource<?>> resources, String key) throws JMException {
    try {
      for (ManagedResource<?> resource : resources) {
        ObjectName name = name(resource, key);
        server.registerMBean(bean(resource), name);
        registered.add(name);
      }
      return true;
    } catch (InstanceAlreadyExistsException taken) {
      if (!key.isEmpty()) {
        throw taken;
      }
      stop();
      return false;
    }
  }

  @PreDestroy
  void stop() {
    for (ObjectName name : registered) {
      try {
        server.unregisterMBean(name);
      } catch (InstanceNotFoundException gone) {
        LOG.log(Level.FINE, "Somebody else has unregistered a managed resource", gone);
      } catch (JMException e) {
        LOG.log(Level.WARNING, e, () -> name + " cannot be unregistered");
      }
    }
    registered.clear();
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

  private static ObjectName name(ManagedResource<?> resource, String key) throws JMException {
    String name = resource.name().map(one -> ",name=" + one).orElse("");
    return new ObjectName(DOMAIN + ":type=" + resource.type() + name + key);
  }
}
