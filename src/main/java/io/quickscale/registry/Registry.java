package io.quickscale.registry;

import io.quickscale.json.JsonCodec;
import io.quickscale.platform.AfterCommit;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.ServiceNotFoundException;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.eclipse.microprofile.health.Readiness;

/**
 * Every service by its name. Lookups are answered from memory; a change made here counts at once,
 * one made on another node after two seconds at most.
 *
 * <p>It keeps itself consistent, since the container would take a lock at each lookup: what lookups
 * see is one unchangeable view, and whoever reads the definitions again puts another in its place.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.SUPPORTS)
public class Registry {
  private static final Logger LOG = Logger.getLogger(Registry.class.getName());

  @Inject ServiceDiscovery discovery;
  @Inject ServiceDefinitions definitions;
  @Inject JsonCodec codec;
  @Inject @Any Instance<Object> beans;
  @Inject AfterCommit afterCommit;
  @Inject @Readiness RegistryCheck check;

  /** How many changes have been committed on this node. */
  private final AtomicLong changes = new AtomicLong();

  private volatile Map<String, DeployedService> deployed = Map.of();
  private volatile View view = new View(Map.of(), 0);

  /** The services with at least the first so many changes in them. */
  private record View(Map<String, RegisteredService> services, long changes) {}

  /**
   * Outside of a transaction, so that each new definition is one of its own: of two nodes that
   * start at once, one finds the other's there.
   */
  @PostConstruct
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void start() {
    Collection<ServiceDescriptor> descriptors = discovery.descriptors().values();
    deployed =
        descriptors.stream()
            .collect(Collectors.toUnmodifiableMap(ServiceDescriptor::name, this::deploy));
    deployed.values().forEach(this::createIfNew);
    reload();
    descriptors.forEach(this::noteOtherPrice);
    LOG.info(() -> "Registered services: " + String.join(", ", view.services().keySet()));
  }

  /** All services, by name. */
  public Collection<RegisteredService> all() {
    return current().values();
  }

  /** The service of this name. */
  public Optional<RegisteredService> find(String name) {
    return Optional.ofNullable(current().get(name));
  }

  /**
   * The service of this name.
   *
   * @throws ServiceNotFoundException there is none
   */
  public RegisteredService require(String name) {
    return find(name).orElseThrow(() -> new ServiceNotFoundException(name));
  }

  /**
   * The service of this name, at the price that it had in a version of its prices.
   *
   * @return empty if there is no such service any more
   */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public Optional<RegisteredService> find(String name, int priceVersion) {
    return find(name)
        .map(
            now ->
                now.priceVersion() == priceVersion
                    ? now
                    : definitions
                        .price(name, priceVersion)
                        .map(price -> now.at(price, priceVersion))
                        .orElse(now));
  }

  /**
   * A ready instance of a service, to call {@link BaseService#run} on. The types are those that the
   * caller expects; an input of another type is refused when it is run.
   *
   * @throws ServiceNotFoundException there is none
   * @throws io.quickscale.problem.ServiceInactiveProblem it cannot be run now
   */
  @SuppressWarnings("unchecked") // the runner looks at the input's type
  public <I, O> BaseService<I, O> createServiceInstance(String name) {
    return (BaseService<I, O>) require(name).instance();
  }

  /**
   * The service that an instance or a proxy of it belongs to.
   *
   * @throws ServiceNotFoundException its class is not a registered service
   */
  public RegisteredService of(BaseService<?, ?> instance) {
    Class<?> type = instance.getClass();
    while (!type.isAnnotationPresent(RegisterService.class) && type != BaseService.class) {
      type = type.getSuperclass();
    }
    RegisterService annotation = type.getAnnotation(RegisterService.class);
    return require(annotation == null ? instance.getClass().getSimpleName() : annotation.name());
  }

  /**
   * Changes what operators can set, in the caller's transaction; counts on this node as soon as it
   * is committed.
   *
   * @throws ServiceNotFoundException there is none
   */
  public void change(String name, UnaryOperator<ServiceSettings> change) {
    definitions.change(name, change);
    afterCommit.run(changes::incrementAndGet);
  }

  /**
   * Forgets a service whose class is gone, in the caller's transaction: its definition is removed,
   * its history stays. A node that still has the class makes the definition anew, as its class says
   * it.
   *
   * @return its last settings
   * @throws ServiceNotFoundException there is none
   * @throws ConflictProblem its class is deployed here
   */
  public ServiceSettings forget(String name) {
    if (deployed.containsKey(name)) {
      throw new ConflictProblem(
          "The service '"
              + name
              + "' is deployed. Deactivate it, or deploy without its class and then forget it.");
    }
    ServiceSettings last = definitions.remove(name);
    afterCommit.run(changes::incrementAndGet);
    return last;
  }

  /** Reads the definitions again now, and not only within two seconds. */
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  public void reread() {
    reload();
  }

  private Map<String, RegisteredService> current() {
    View known = view;
    return known.changes() == changes.get() ? known.services() : withChanges();
  }

  /** Of the first who look after a change, one reads it and the others wait for that one. */
  private synchronized Map<String, RegisteredService> withChanges() {
    long committed = changes.get();
    if (view.changes() != committed) {
      readAgain(this::reload);
      // Also if it could not be read: the next to try is refresh(), not each lookup.
      view = new View(view.services(), committed);
    }
    return view.services();
  }

  /**
   * Sees what other nodes have changed, and what they have forgotten although it is deployed here.
   */
  @Schedule(hour = "*", minute = "*", second = "*/2", persistent = false)
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void refresh() {
    readAgain(
        () -> {
          reload();
          restoreForgotten();
        });
  }

  private static void readAgain(Runnable reading) {
    try {
      reading.run();
    } catch (RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "The service definitions cannot be read now; the known ones stay in use",
          e);
    }
  }

  /** One at a time: an older view must not take the place of a newer one. */
  private synchronized void reload() {
    // Before reading: what is committed meanwhile may or may not be in what is read.
    long committed = changes.get();
    Map<String, RegisteredService> fresh = new TreeMap<>();
    for (ServiceDefinition definition : definitions.all()) {
      fresh.put(
          definition.name(), new RegisteredService(definition, deployed.get(definition.name())));
    }
    view = new View(Collections.unmodifiableMap(fresh), committed);
    check.read(fresh.size());
  }

  /** During a roll-out a node without a class may forget the service of a node that has it. */
  private void restoreForgotten() {
    List<DeployedService> forgotten =
        deployed.values().stream()
            .filter(service -> !view.services().containsKey(service.descriptor().name()))
            .toList();
    forgotten.forEach(service -> create(service.descriptor()));
    if (!forgotten.isEmpty()) {
      reload();
    }
  }

  private DeployedService deploy(ServiceDescriptor descriptor) {
    return new DeployedService(
        descriptor,
        beans.select(descriptor.serviceClass()).get(),
        codec.schema(descriptor.inputType()),
        codec.schema(descriptor.outputType()));
  }

  private void createIfNew(DeployedService service) {
    if (!definitions.exists(service.descriptor().name())) {
      create(service.descriptor());
    }
  }

  private void noteOtherPrice(ServiceDescriptor descriptor) {
    Price price = require(descriptor.name()).price();
    if (!price.equals(descriptor.defaultPrice())) {
      LOG.info(
          () ->
              "The service %s costs %s as its definition says, not %s as its class does: the definition is the operator's"
                  .formatted(
                      descriptor.name(), price.perRun(), descriptor.defaultPrice().perRun()));
    }
  }

  private void create(ServiceDescriptor descriptor) {
    try {
      definitions.create(descriptor);
    } catch (RuntimeException e) {
      // Another node that starts at the same time may have been faster.
      if (!definitions.exists(descriptor.name())) {
        throw e;
      }
    }
  }
}
