package io.quickscale.node;

import io.quickscale.node.Interruption.Moment;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The transactions of a node, one thread's: what a server does for {@code @Transactional}, and what
 * it does when it dies.
 */
public final class Transactions {
  /** How a transaction ends. */
  public enum Ending {
    COMMITTED,
    /** The node dies: all was written, nothing is committed. */
    DIES_BEFORE_COMMIT,
    /** The node dies: all is committed, nobody is told. */
    DIES_AFTER_COMMIT,
    /** All is committed, but the database's answer never comes: to the node it looks failed. */
    ANSWER_LOST
  }

  /** The node is no more. */
  public static final class NodeDied extends RuntimeException {
    private NodeDied() {
      super("The node died");
    }
  }

  /** The node does not know whether its transaction was committed. */
  public static final class AnswerLost extends RuntimeException {
    private AnswerLost() {
      super("The commit was not answered");
    }
  }

  private final EntityManagerFactory units;
  private final Interruption interruption = new Interruption(this::elsewhere);
  private EntityManager current;
  private Ending next = Ending.COMMITTED;
  private final List<Synchronization> whenItEnds = new ArrayList<>();

  Transactions(EntityManagerFactory units) {
    this.units = units;
  }

  /** Decides how the next transaction ends, if its work does not fail. */
  public void nextEnds(Ending ending) {
    next = ending;
  }

  /** Does work in the transaction that is going on, or in one of its own. */
  <T> T required(Callable<T> work) throws Exception {
    return current == null ? begin(work) : join(work);
  }

  /** Does work in the transaction that must be going on. */
  <T> T mandatory(Callable<T> work) throws Exception {
    if (current == null) {
      throw new IllegalStateException("There is no transaction");
    }
    return join(work);
  }

  /** To let another node come in between, in transactions of its own. */
  Interruption interruption() {
    return interruption;
  }

  /** Does what another node does, while this node's transaction stands still. */
  private void elsewhere(Runnable work) {
    EntityManager suspended = current;
    Ending ending = next;
    current = null;
    next = Ending.COMMITTED;
    try {
      work.run();
    } finally {
      current = suspended;
      next = ending;
    }
  }

  /** The registry to inject: knows nothing but who wants to be told of the end. */
  TransactionSynchronizationRegistry registry() {
    return (TransactionSynchronizationRegistry)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {TransactionSynchronizationRegistry.class},
            (proxy, method, arguments) -> {
              if (!method.getName().equals("registerInterposedSynchronization")) {
                throw new UnsupportedOperationException(method.getName());
              }
              whenItEnds.add((Synchronization) arguments[0]);
              return null;
            });
  }

  private void tell(int status) {
    List<Synchronization> told = List.copyOf(whenItEnds);
    whenItEnds.clear();
    told.forEach(one -> one.afterCompletion(status));
  }

  /** The entity manager to inject: the one of the transaction that is going on. */
  EntityManager entityManager() {
    return (EntityManager)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {EntityManager.class},
            (proxy, method, arguments) -> {
              try {
                return method.invoke(
                    current == null ? units.createEntityManager() : current, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  private <T> T join(Callable<T> work) throws Exception {
    try {
      return work.call();
    } catch (RuntimeException e) {
      current.getTransaction().setRollbackOnly();
      throw e;
    }
  }

  private <T> T begin(Callable<T> work) throws Exception {
    T result = alone(work);
    interruption.reached(Moment.BETWEEN_TRANSACTIONS);
    return result;
  }

  private <T> T alone(Callable<T> work) throws Exception {
    try (EntityManager entities = units.createEntityManager()) {
      current = entities;
      entities.getTransaction().begin();
      try {
        T result = work.call();
        end(entities);
        return result;
      } finally {
        rollBackIfOpen(entities);
      }
    } finally {
      current = null;
      next = Ending.COMMITTED;
    }
  }

  private void rollBackIfOpen(EntityManager entities) {
    if (entities.getTransaction().isActive()) {
      entities.getTransaction().rollback();
      tell(Status.STATUS_ROLLEDBACK);
    }
  }

  private void end(EntityManager entities) {
    if (next == Ending.DIES_BEFORE_COMMIT) {
      throw new NodeDied();
    }
    entities.getTransaction().commit();
    tell(Status.STATUS_COMMITTED);
    if (next == Ending.DIES_AFTER_COMMIT) {
      throw new NodeDied();
    }
    if (next == Ending.ANSWER_LOST) {
      throw new AnswerLost();
    }
  }
}
