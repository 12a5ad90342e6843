package io.quickscale.platform;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.management.InstanceAlreadyExistsException;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * The names that an application has in the JVM's MBean server. Another application on the same
 * server may have been faster: then all names of the later one get {@code application} as one more
 * key.
 */
final class ObjectNames {
  private static final Logger LOG = Logger.getLogger(ObjectNames.class.getName());
  private static final String DOMAIN = "io.quickscale";

  private final MBeanServer server;
  private final List<ObjectName> registered = new ArrayList<>();

  ObjectNames(MBeanServer server) {
    this.server = server;
  }

  /**
   * Registers all resources, or none if one of them fails.
   *
   * @param beans makes the MBean of a resource
   */
  void register(
      String application,
      List<ManagedResource<?>> resources,
      Function<ManagedResource<?>, Object> beans)
      throws JMException {
    try {
      registerAll("", resources, beans);
    } catch (InstanceAlreadyExistsException taken) {
      String key = ",application=" + ObjectName.quote(application);
      LOG.info(
          () -> "Another application has " + taken.getMessage() + "; names here end with " + key);
      registerAll(key, resources, beans);
    }
  }

  private void registerAll(
      String key, List<ManagedResource<?>> resources, Function<ManagedResource<?>, Object> beans)
      throws JMException {
    try {
      for (ManagedResource<?> resource : resources) {
        ObjectName name = name(resource, key);
        server.registerMBean(beans.apply(resource), name);
        registered.add(name);
      }
    } catch (JMException | RuntimeException e) {
      unregister();
      throw e;
    }
  }

  /** Gives all names back. */
  void unregister() {
    for (ObjectName name : registered) {
      try {
        server.unregisterMBean(name);
      } catch (InstanceNotFoundException gone) {
        LOG.log(Level.FINE, "Somebody else has unregistered a management bean", gone);
      } catch (JMException e) {
        LOG.log(Level.WARNING, e, () -> name + " cannot be unregistered");
      }
    }
    registered.clear();
  }

  private static ObjectName name(ManagedResource<?> resource, String key) throws JMException {
    String name = resource.name().map(one -> ",name=" + one).orElse("");
    return new ObjectName(DOMAIN + ":type=" + resource.type() + name + key);
  }
}
