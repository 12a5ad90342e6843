package io.quickscale.registry;

import io.quickscale.platform.Time;
import io.quickscale.service.ServiceNotFoundException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The definitions in the database. */
@ApplicationScoped
class ServiceDefinitions {
  @PersistenceContext EntityManager entities;
  @Inject Time time;

  /** All that is committed: what a caller's own transaction may still roll back is not among it. */
  @Transactional(Transactional.TxType.REQUIRES_NEW)
  public List<ServiceDefinition> all() {
    return entities
        .createQuery("select d from ServiceDefinition d order by d.name", ServiceDefinition.class)
        .getResultList();
  }

  @Transactional
  public boolean exists(String name) {
    return entities.find(ServiceDefinition.class, name) != null;
  }

  /** A price that a service has or had, if it is known. */
  @Transactional
  public Optional<Price> price(String name, int version) {
    return Optional.ofNullable(
            entities.find(ServicePrice.class, new ServicePrice.Key(name, version)))
        .map(ServicePrice::price);
  }

  @Transactional
  public void create(ServiceDescriptor descriptor) {
    ServiceSettings settings = ServiceSettings.of(descriptor);
    int version = priced(descriptor.name(), settings.price());
    entities.persist(new ServiceDefinition(descriptor.name(), settings, version, time.now()));
    // That another node was faster is to be found here: at the commit, WildFly would throw a
    // checked
    // exception that no method declares.
    entities.flush();
  }

  /**
   * Changes the settings under the row's lock, so that two operators never undo each other. What is
   * as wanted already is not written.
   */
  @Transactional
  public void change(String name, UnaryOperator<ServiceSettings> change) {
    ServiceDefinition definition = lock(name);
    ServiceSettings before = definition.settings();
    ServiceSettings after = change.apply(before);
    if (!after.equals(before)) {
      int version =
          after.price().equals(before.price())
              ? definition.priceVersion()
              : priced(name, after.price());
      definition.change(after, version, time.now());
    }
  }

  /** Keeps a service's new price; a service that was forgotten and comes back counts on. */
  private int priced(String name, Price price) {
    Integer last =
        entities
            .createQuery(
                "select max(p.version) from ServicePrice p where p.service = :name", Integer.class)
            .setParameter("name", name)
            .getSingleResult();
    int version = last == null ? 1 : last + 1;
    entities.persist(new ServicePrice(name, version, price, time.now()));
    return version;
  }

  /** Removes a definition and gives what its settings were. */
  @Transactional
  public ServiceSettings remove(String name) {
    ServiceDefinition definition = lock(name);
    ServiceSettings last = definition.settings();
    entities.remove(definition);
    return last;
  }

  private ServiceDefinition lock(String name) {
    ServiceDefinition definition =
        entities.find(ServiceDefinition.class, name, LockModeType.PESSIMISTIC_WRITE);
    if (definition == null) {
      throw new ServiceNotFoundException(name);
    }
    return definition;
  }
}
