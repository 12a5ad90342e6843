package io.quickscale.run;

import io.quickscale.credit.CreditBeans;
import io.quickscale.node.Node;
import java.util.List;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever happens to runs and credits, in whatever order, with crashes and other nodes in between:
 * the ledger on a database says what {@link LedgerModel} says, after every single step.
 */
abstract class LedgerModelTest {
  /** A node on the database under test. */
  abstract Node node();

  /** The statement that lets a transaction empty the tables. */
  abstract String permissionToDelete();

  @Property(edgeCases = EdgeCasesMode.NONE)
  void theDatabaseAgreesWithTheModelAfterEveryStep(@ForAll("stories") List<Step> steps) {
    tell(steps);
  }

  @Provide
  Arbitrary<List<Step>> stories() {
    return Stories.upTo(40);
  }

  /** Tells a story on empty tables, and audits it at the end. */
  void tell(List<Step> steps) {
    node().bean(LedgerRows.class).delete(permissionToDelete());
    Story story = new Story(node(), Stories.ACCOUNTS);
    steps.forEach(story::tell);
    story.audit();
  }

  /** Starts a node with the ledger and everything that writes runs. */
  static Node start(DataSource dataSource, String url) {
    return Node.start(
        dataSource,
        url,
        Stream.concat(
                Stream.of(CreditBeans.all()),
                Stream.of(
                    RunJournal.class,
                    UsageTable.class,
                    IdempotencyRecords.class,
                    UsageRefund.class,
                    UsageAudit.class,
                    RunSweep.class,
                    LedgerRows.class))
            .toArray(Class<?>[]::new));
  }
}
