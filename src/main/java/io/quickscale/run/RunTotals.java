package io.quickscale.run;

import io.quickscale.credit.Credits;
import jakarta.enterprise.context.ApplicationScoped;
import java.math.BigDecimal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** What has become of the runs of each service on this node since its start. */
@ApplicationScoped
public class RunTotals {
  private static final long MICROS = 1_000_000;

  private final Map<String, Count> counts = new ConcurrentHashMap<>();

  /**
   * What has become of a service's runs.
   *
   * @param ended those that started and ended
   * @param failed the part of them that did not succeed
   * @param refused those that never started
   * @param charged in credits; may be more than an account can have
   */
  public record Totals(long ended, long failed, long refused, BigDecimal charged) {}

  private static final class Count {
    private final LongAdder ended = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder refused = new LongAdder();
    private final LongAdder chargedWhole = new LongAdder();
    private final LongAdder chargedRest = new LongAdder();

    /** In two parts, since a sum of micro-credits over time may be more than a long can be. */
    private void charge(Credits cost) {
      chargedWhole.add(cost.micros() / MICROS);
      chargedRest.add(cost.micros() % MICROS);
    }

    private BigDecimal charged() {
      return Credits.decimal(
          BigDecimal.valueOf(chargedWhole.sum())
              .multiply(BigDecimal.valueOf(MICROS))
              .add(BigDecimal.valueOf(chargedRest.sum())));
    }
  }

  /** The totals of a service. */
  public Totals of(String service) {
    Count count = counts.getOrDefault(service, new Count());
    return new Totals(count.ended.sum(), count.failed.sum(), count.refused.sum(), count.charged());
  }

  void ended(Settled settled) {
    Count count = count(settled.run().service());
    count.ended.increment();
    if (settled.end().problem().isPresent()) {
      count.failed.increment();
    }
    count.charge(settled.cost());
  }

  void refused(String service) {
    count(service).refused.increment();
  }

  private Count count(String service) {
    return counts.computeIfAbsent(service, name -> new Count());
  }
}
