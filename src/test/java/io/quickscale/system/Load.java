package io.quickscale.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.system.QuickScale.Caller;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/** Customers who buy, all at once, until they are told to stop. */
final class Load implements AutoCloseable {
  private static final int CUSTOMERS_PER_ACCOUNT = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Future<?>> customers = new ArrayList<>();
  private final Tally tally = new Tally();
  private volatile boolean stopping;

  private Load() {}

  /** Lets several customers buy what {@link Offer#STEADY} is on each account. */
  static Load on(Collection<Caller> accounts) {
    return on(accounts, Offer.STEADY);
  }

  /** Lets several customers buy on each account. */
  static Load on(Collection<Caller> accounts, Offer offer) {
    Load load = new Load();
    for (Caller account : accounts) {
      for (int i = 0; i < CUSTOMERS_PER_ACCOUNT; i++) {
        Customer customer = new Customer(account, offer, load.tally);
        load.customers.add(load.threads.submit(() -> load.buy(customer)));
      }
    }
    return load;
  }

  /** How the customers were answered so far. */
  Tally tally() {
    return tally;
  }

  /** Waits until so many more runs have been bought. */
  void goOnFor(int runs) {
    int goal = tally.purchases().size() + runs;
    Eventually.holds(
        PATIENCE, () -> assertThat(tally.purchases()).hasSizeGreaterThanOrEqualTo(goal));
  }

  /** Lets every customer finish what it is at, which must come to an end. */
  Tally stop() throws Exception {
    stopping = true;
    for (Future<?> customer : customers) {
      customer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    }
    return tally;
  }

  @Override
  public void close() {
    stopping = true;
    threads.shutdownNow();
  }

  private void buy(Customer customer) {
    while (!stopping) {
      customer.buy();
    }
  }
}
