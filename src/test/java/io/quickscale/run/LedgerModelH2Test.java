package io.quickscale.run;

import io.quickscale.node.Node;
import java.util.List;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.statistics.StatisticsCollector;
import org.h2.jdbcx.JdbcDataSource;

/** On H2 in memory, where a story takes milliseconds. */
@PropertyDefaults(tries = 100)
class LedgerModelH2Test extends LedgerModelTest {
  private static Node node;

  @BeforeContainer
  static void start() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:ledger-model;DB_CLOSE_DELAY=-1");
    node = start(database, database.getURL());
  }

  @AfterContainer
  static void stop() {
    if (node != null) {
      node.close();
    }
  }

  @Override
  Node node() {
    return node;
  }

  @Override
  void checkThatStoriesAreNotDull(StatisticsCollector told) {
    told.coverage(
        all -> {
          for (String answer :
              List.of(
                  "started",
                  "run n cost n, n left",
                  "as before: run n cost n, n left",
                  "RequestInProgressProblem",
                  "IdempotencyKeyReusedProblem",
                  "InsufficientCreditsException",
                  "RateLimitedProblem",
                  "ServiceTimeoutProblem",
                  "ConflictProblem")) {
            all.check(answer).count(count -> count > 0);
          }
        });
  }
}
