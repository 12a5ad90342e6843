package io.quickscale.db;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.OptimisticLockException;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.HeuristicMixedException;
import jakarta.transaction.SystemException;
import jakarta.transaction.TransactionalException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DatabaseFailureTest {
  @ParameterizedTest
  @CsvSource({
    "23505, CONFLICT",
    "40001, CONFLICT",
    "40P01, CONFLICT",
    "55P03, LOCK_TIMEOUT",
    "HYT00, LOCK_TIMEOUT",
    "08006, OUTAGE",
    "55000, OUTAGE",
    "53300, OUTAGE",
    "57P01, OUTAGE",
    "90098, OUTAGE"
  })
  void a_state_says_what_failed_however_it_is_wrapped(String state, DatabaseFailure failure) {
    Exception wrapped = new PersistenceException(new SQLException("refused", state));

    assertThat(DatabaseFailure.of(new IllegalStateException(wrapped))).contains(failure);
  }

  @Test
  void a_pool_that_gives_no_connection_and_no_state_is_an_outage() {
    assertThat(DatabaseFailure.of(new SQLException("no connection in time")))
        .contains(DatabaseFailure.OUTAGE);
  }

  @Test
  void a_commit_that_broke_is_an_outage_however_the_transaction_manager_says_it() {
    HeuristicMixedException ofWildFly = new HeuristicMixedException();
    ofWildFly.addSuppressed(new IllegalStateException(new SQLException("broken pipe", "08006")));

    assertThat(DatabaseFailure.of(new IllegalStateException(ofWildFly)))
        .contains(DatabaseFailure.OUTAGE);
    assertThat(DatabaseFailure.of(new TransactionalException("", new SystemException())))
        .contains(DatabaseFailure.OUTAGE);
  }

  @Test
  void an_outdated_entity_is_a_conflict() {
    assertThat(DatabaseFailure.of(new OptimisticLockException()))
        .contains(DatabaseFailure.CONFLICT);
  }

  @ParameterizedTest
  @CsvSource({"42601", "22003", "''"})
  void a_mistake_in_a_statement_says_nothing_of_the_databases_state(String state) {
    assertThat(DatabaseFailure.of(new SQLException("wrong", state))).isEmpty();
  }

  @Test
  void what_does_not_come_from_the_database_is_no_failure_of_it() {
    assertThat(DatabaseFailure.of(new IllegalStateException())).isEmpty();
  }
}
