package io.quickscale.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.quickscale.access.ApiKeys.NewKey;
import io.quickscale.credit.CreditBeans;
import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import io.quickscale.node.Node;
import io.quickscale.node.SettableClock;
import io.quickscale.node.Transactions;
import io.quickscale.platform.AfterCommit;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.service.InvalidInputException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys, and how long a node goes by what it remembers of them. Two nodes share one database. */
class ApiKeysTest {
  private static final Instant START = Instant.parse("2026-11-22T08:00:00Z");
  private static final Duration REMEMBERED = Duration.ofSeconds(3);
  private static final String MISSES = Metric.KEY_CACHE_MISSES.title();

  private static Node node;
  private static Node otherNode;
  private static int users;

  private User user;
  private NewKey key;

  @BeforeAll
  static void start() {
    node = startNode();
    otherNode = startNode();
  }

  private static Node startNode() {
    JdbcDataSource database = new JdbcDataSource();
    database.setURL("jdbc:h2:mem:keys;DB_CLOSE_DELAY=-1");
    return Node.start(
        database,
        database.getURL(),
        Stream.concat(
                Stream.of(CreditBeans.all()),
                Stream.of(
                    Users.class,
                    ApiKeys.class,
                    KeyCache.class,
                    KeyLookup.class,
                    AccessRevision.class,
                    AfterCommit.class,
                    Metrics.class))
            .toArray(Class<?>[]::new));
  }

  @AfterAll
  static void stop() {
    node.close();
    otherNode.close();
  }

  @BeforeEach
  void makeAUserWithAKey() {
    for (Node each : new Node[] {node, otherNode}) {
      each.bean(SettableClock.class).set(START);
      each.bean(KeyCache.class).clear();
    }
    user =
        on(node, Users.class).create(EmailAddress.of("user" + ++users + "@example.org"), Role.USER);
    key = keys(node).create(user.id(), "laptop", Optional.empty());
  }

  @Test
  void aKeyIsItsUsersAndNobodyElses() {
    AuthenticatedUser known = keys(node).authenticate(key.secret()).orElseThrow();

    assertThat(known.id()).isEqualTo(user.id());
    assertThat(known.accountId()).isEqualTo(user.accountId());
    assertThat(known.role()).isEqualTo(Role.USER);
  }

  @Test
  void theSecretMustBeRightToTheLastCharacter() {
    String almost = key.secret().substring(0, key.secret().length() - 1);

    assertThat(keys(node).authenticate(almost)).isEmpty();
    assertThat(keys(node).authenticate(key.secret() + "x")).isEmpty();
  }

  @Test
  void aKeyThatIsUsedAgainCostsNoQuery() {
    keys(node).authenticate(key.secret());
    long read = misses();

    keys(node).authenticate(key.secret());
    pass(REMEMBERED.minusMillis(1));
    keys(node).authenticate(key.secret());

    assertThat(misses()).isEqualTo(read);
  }

  @Test
  void whatIsRememberedIsReadAgainAfterThreeSecondsWithoutWordFromTheDatabase() {
    keys(node).authenticate(key.secret());
    long read = misses();

    pass(REMEMBERED);
    keys(node).authenticate(key.secret());

    assertThat(misses()).isEqualTo(read + 1);
  }

  @Test
  void whileTheDatabaseKnowsOfNoChangeItCountsOn() {
    look(node);
    keys(node).authenticate(key.secret());
    long read = misses();

    pass(Duration.ofHours(1));
    look(node);
    keys(node).authenticate(key.secret());

    assertThat(misses()).isEqualTo(read);
  }

  @Test
  void aKeyThatThereIsNotIsRememberedForSecondsOnly() {
    String unknown = "qs_nobody_0123456789abcdef";
    keys(node).authenticate(unknown);
    long read = misses();

    keys(node).authenticate(unknown);
    assertThat(misses()).isEqualTo(read);

    pass(REMEMBERED);
    look(node);
    assertThat(keys(node).authenticate(unknown)).isEmpty();
    assertThat(misses()).isEqualTo(read + 1);
  }

  @Test
  void aKeyThatWasLookedForInVainCountsAsSoonAsItExists() {
    String known = "qs_chosen" + users + "_0123456789abcdef";
    assertThat(keys(node).authenticate(known)).isEmpty();

    keys(node).createKnown(user.id(), known, "chosen");

    assertThat(keys(node).authenticate(known)).isPresent();
  }

  @Test
  void aRevokedKeyIsRefusedHereAtOnce() {
    keys(node).authenticate(key.secret());

    assertThat(keys(node).revoke(user.id(), key.key().id())).isPresent();

    assertThat(keys(node).authenticate(key.secret())).isEmpty();
    assertThat(keys(node).revoke(user.id(), key.key().id())).as("a second time").isEmpty();
  }

  @Test
  void aRevocationElsewhereCountsWhenTheDatabaseTellsOfAChange() {
    look(otherNode);
    keys(otherNode).authenticate(key.secret());

    keys(node).revoke(user.id(), key.key().id());
    assertThat(keys(otherNode).authenticate(key.secret())).as("not told yet").isPresent();
    look(otherNode);

    assertThat(keys(otherNode).authenticate(key.secret())).isEmpty();
  }

  @Test
  void aRevocationThatIsNotCommittedHasNotHappened() {
    on(node, Transactions.class).nextEnds(Transactions.Ending.DIES_BEFORE_COMMIT);

    assertThatThrownBy(() -> keys(node).revoke(user.id(), key.key().id()))
        .isInstanceOf(Transactions.NodeDied.class);

    assertThat(keys(node).authenticate(key.secret())).isPresent();
  }

  @Test
  void aLockedOutUsersKeysAreRefusedAndCountAgainAfterwards() {
    keys(node).authenticate(key.secret());

    on(node, Users.class).change(user.id(), Optional.of(false), Optional.empty());
    assertThat(keys(node).authenticate(key.secret())).isEmpty();

    on(node, Users.class).change(user.id(), Optional.of(true), Optional.empty());
    assertThat(keys(node).authenticate(key.secret())).isPresent();
  }

  @Test
  void anotherRoleCountsForTheNextRequest() {
    keys(node).authenticate(key.secret());

    on(node, Users.class).change(user.id(), Optional.empty(), Optional.of(Role.ADMIN));

    assertThat(keys(node).authenticate(key.secret()).orElseThrow().role()).isEqualTo(Role.ADMIN);
  }

  @Test
  void aKeyEndsAtTheVeryMomentOfItsExpiry() {
    NewKey short_ = keys(node).create(user.id(), "short", Optional.of(at(Duration.ofHours(1))));

    pass(Duration.ofHours(1).minusMillis(1));
    assertThat(keys(node).authenticate(short_.secret())).isPresent();
    pass(Duration.ofMillis(1));
    assertThat(keys(node).authenticate(short_.secret())).isEmpty();
  }

  @Test
  void aKeyCannotHaveExpiredBeforeItExists() {
    assertThatThrownBy(() -> keys(node).create(user.id(), "late", Optional.of(at(Duration.ZERO))))
        .isInstanceOf(InvalidInputException.class);
  }

  @Test
  void aRotatedKeyCountsForAnHourBesideItsSuccessor() {
    NewKey next = keys(node).rotate(user.id(), key.key().id());

    pass(Duration.ofHours(1).minusMillis(1));
    assertThat(keys(node).authenticate(key.secret())).isPresent();
    assertThat(keys(node).authenticate(next.secret())).isPresent();
    assertThat(next.key().name()).isEqualTo("laptop");
    pass(Duration.ofMillis(1));
    assertThat(keys(node).authenticate(key.secret())).isEmpty();
    assertThat(keys(node).authenticate(next.secret())).isPresent();
  }

  @Test
  void whatIsRotatedOrRevokedIsNotRotatedAgain() {
    keys(node).rotate(user.id(), key.key().id());
    NewKey revoked = keys(node).create(user.id(), "revoked", Optional.empty());
    keys(node).revoke(user.id(), revoked.key().id());

    for (NewKey gone : new NewKey[] {key, revoked}) {
      assertThatThrownBy(() -> keys(node).rotate(user.id(), gone.key().id()))
          .isInstanceOf(ConflictProblem.class);
    }
  }

  @Test
  void nobodyRevokesAnotherUsersKey() {
    User other =
        on(node, Users.class).create(EmailAddress.of("user" + ++users + "@example.org"), Role.USER);

    assertThatThrownBy(() -> keys(node).revoke(other.id(), key.key().id()))
        .isInstanceOf(NotFoundProblem.class);
    assertThat(keys(node).authenticate(key.secret())).isPresent();
  }

  @Test
  void countsTheKeysThatCount() {
    long before = keys(node).countActive();
    NewKey revoked = keys(node).create(user.id(), "revoked", Optional.empty());
    keys(node).create(user.id(), "short", Optional.of(at(Duration.ofMillis(1))));
    assertThat(keys(node).countActive()).isEqualTo(before + 2);

    keys(node).revoke(user.id(), revoked.key().id());
    pass(Duration.ofMillis(1));

    assertThat(keys(node).countActive()).isEqualTo(before);
    assertThat(keys(node).list(user.id()))
        .extracting(ApiKey::name)
        .containsExactly("short", "revoked", "laptop");
  }

  private static ApiKeys keys(Node on) {
    return on(on, ApiKeys.class);
  }

  private static <T> T on(Node node, Class<T> bean) {
    return node.bean(bean);
  }

  /** The node sees what the database says of changes. */
  private static void look(Node on) {
    long revision = on(on, AccessRevision.class).current();
    on(on, KeyCache.class).seen(revision, on(on, Time.class).now());
  }

  private static long misses() {
    return (long) on(node, MeterRegistry.class).get(MISSES).counter().count();
  }

  private static void pass(Duration time) {
    on(node, SettableClock.class).pass(time);
  }

  private static OffsetDateTime at(Duration afterStart) {
    return START.plus(afterStart).atOffset(ZoneOffset.UTC);
  }
}
