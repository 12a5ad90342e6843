package io.quickscale.node;

import io.quickscale.platform.Ids;
import io.quickscale.platform.Leases;
import io.quickscale.platform.MigratedDatabase;
import io.quickscale.platform.SchemaMigration;
import io.quickscale.platform.Time;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Persistence;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;

/** Some of the application's beans, running on a database that has the application's schema. */
public final class Node implements AutoCloseable {
  private static final AtomicInteger STARTED = new AtomicInteger();

  private final EntityManagerFactory units;
  private final WeldContainer container;

  private Node(EntityManagerFactory units, WeldContainer container) {
    this.units = units;
    this.container = container;
  }

  /**
   * Starts one and migrates the database.
   *
   * @param url of the same database as the data source, with user and password
   * @param beans the application's classes to run; those of the platform that need no server come
   *     by themselves
   */
  public static Node start(DataSource dataSource, String url, Class<?>... beans) {
    EntityManagerFactory units = units(url);
    Transactions transactions = new Transactions(units);
    SettableClock clock = new SettableClock();
    WeldContainer container =
        new Weld("node %d on %s".formatted(STARTED.incrementAndGet(), url))
            .disableDiscovery()
            .addExtension(
                new ServerResources(
                    Map.of(
                        DataSource.class, dataSource,
                        EntityManager.class, transactions.entityManager(),
                        Clock.class, clock,
                        SettableClock.class, clock,
                        Transactions.class, transactions,
                        TransactionSynchronizationRegistry.class, transactions.registry(),
                        Interruption.class, transactions.interruption())))
            .addBeanClasses(
                MigratedDatabase.class,
                SchemaMigration.class,
                TransactionalCalls.class,
                InterruptedDatabase.class,
                NoConfiguration.class,
                Leases.class,
                Ids.class,
                Time.class)
            .addBeanClasses(beans)
            .initialize();
    Node node = new Node(units, container);
    node.bean(SchemaMigration.class);
    return node;
  }

  /** The application's own persistence unit, without JTA, with the provider's connection pool. */
  private static EntityManagerFactory units(String url) {
    return Persistence.createEntityManagerFactory(
        "quickscale",
        Map.of(
            "jakarta.persistence.transactionType", "RESOURCE_LOCAL",
            "jakarta.persistence.jtaDataSource", "",
            "eclipselink.target-server", "None",
            "jakarta.persistence.jdbc.url", url,
            "eclipselink.logging.level", "OFF"));
  }

  /** A bean of this node. */
  public <T> T bean(Class<T> type) {
    return container.select(type).get();
  }

  @Override
  public void close() {
    container.close();
    units.close();
  }
}
