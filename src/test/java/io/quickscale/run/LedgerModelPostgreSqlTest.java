package io.quickscale.run;

import io.quickscale.node.Node;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.util.Optional;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** On PostgreSQL, as in production. */
@PropertyDefaults(tries = 12)
class LedgerModelPostgreSqlTest extends LedgerModelTest {
  private static EmbeddedPostgres postgres;
  private static Node node;

  @BeforeContainer
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
    node = start(postgres.getPostgresDatabase(), postgres.getJdbcUrl("postgres", "postgres"));
  }

  @AfterContainer
  static void stop() throws IOException {
    if (node != null) {
      node.close();
    }
    postgres.close();
  }

  @Override
  Node node() {
    return node;
  }

  /** Its ledger refuses to forget anything, whoever asks, unless triggers are off. */
  @Override
  Optional<String> permissionToDelete() {
    return Optional.of("set local session_replication_role = replica");
  }
}
