package io.quickscale.platform;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * The database answers within a second. Says which it is, but no version: anybody may ask. A thread
 * of its own looks, one at a time: a database that has fallen silent holds it up until the
 * connection's time-outs, and nobody who asks.
 */
@Readiness
@ApplicationScoped
public class DatabaseCheck implements HealthCheck {
  private static final String NAME = "database";
  private static final int TIMEOUT_SECONDS = 1;

  // It has the data source. A management thread of WildFly could not look one up here.
  @Inject SchemaMigration migration;
  @Inject MigratedDatabase database;

  private final AtomicLong waitedMillis = new AtomicLong();
  private FutureTask<Boolean> look;
  private long lookedAt;

  /** How long the last look waited for a connection, or the present one has so far. */
  synchronized long waitedMillis() {
    return look == null || look.isDone()
        ? waitedMillis.get()
        : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - lookedAt);
  }

  @Override
  public HealthCheckResponse call() {
    return database.facts().map(this::check).orElseGet(() -> Starting.check(NAME));
  }

  private HealthCheckResponse check(MigratedDatabase.Facts facts) {
    return HealthCheckResponse.named(NAME)
        .status(answers())
        .withData("product", facts.product())
        .build();
  }

  private boolean answers() {
    try {
      return look().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private synchronized FutureTask<Boolean> look() {
    if (look == null || look.isDone()) {
      look = new FutureTask<>(() -> migration.databaseAnswers(TIMEOUT_SECONDS, this::waited));
      lookedAt = System.nanoTime();
      // A plain one: asked first by a health request, a managed one would have the context of the
      // server's own application, if any. What it calls is an EJB, which brings its own.
      Thread thread = new Thread(look, "database check");
      thread.setDaemon(true);
      thread.start();
    }
    return look;
  }

  private void waited(Duration duration) {
    waitedMillis.set(duration.toMillis());
  }
}
