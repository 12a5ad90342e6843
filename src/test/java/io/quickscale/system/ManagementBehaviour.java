package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.util.Arrays;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.openmbean.CompositeData;
import org.junit.jupiter.api.Test;

/** What operators see and do with a management console. */
interface ManagementBehaviour {
  QuickScale quickScale();

  @Test
  default void aConsoleShowsWhatThereIsToManageAndSaysWhatItIs() throws Exception {
    try (Console console = Console.open()) {
      assertThat(console.names())
          .contains(
              "type=Registry",
              "type=Service,name=sentiment_analysis",
              "type=Ledger",
              "type=Keys",
              "type=Cache,name=keys");

      MBeanOperationInfo changePrice =
          Arrays.stream(console.info("type=Service,name=fallback").getOperations())
              .filter(operation -> operation.getName().equals("changePrice"))
              .findFirst()
              .orElseThrow();
      assertThat(changePrice.getDescription()).contains("audit log");
      assertThat(changePrice.getSignature())
          .extracting(MBeanParameterInfo::getName)
          .containsExactly("creditCost");
      for (String name : console.names()) {
        assertThat(console.all(name).keySet())
            .as(name + ": every attribute can be read")
            .containsAll(
                Arrays.stream(console.info(name).getAttributes())
                    .map(MBeanAttributeInfo::getName)
                    .filter(
                        attribute -> !attribute.startsWith("Max") || attribute.endsWith("Price"))
                    .toList());
      }
    }
  }

  @Test
  default void theRegistryCountsItsServices() throws Exception {
    int services = quickScale().anybody().get("/api/v1/services").items().size();
    try (Console console = Console.open()) {
      console.invoke("type=Registry", "refresh");

      assertThat(console.get("type=Registry", "Services")).isEqualTo(services);
      assertThat((String[]) console.get("type=Registry", "Names"))
          .hasSize(services)
          .contains("sentiment_analysis");
    }
  }

  @Test
  default void aServiceThatAConsoleDeactivatesCannotBeRunAndTheAuditLogSaysWhoDidIt()
      throws Exception {
    var user = quickScale().newUser(10);
    String name = "type=Service,name=fallback";
    try (Console console = Console.open()) {
      long available = console.number("type=Registry", "AvailableServices");
      console.invoke(name, "deactivate");

      user.run("fallback", object("text", "a")).expectProblem(503, "service_inactive");
      assertThat(console.get(name, "Active")).isEqualTo(false);
      assertThat(console.get(name, "UnavailableReason").toString()).contains("deactivated");
      assertThat(console.number("type=Registry", "AvailableServices")).isEqualTo(available - 1);
      JsonObject entry = latestAuditEntry();
      assertThat(entry.getString("actor")).isEqualTo("management");
      assertThat(entry).doesNotContainKey("actor_id");
      assertThat(entry.getString("action")).isEqualTo("deactivate_service");
      assertThat(entry.getString("target")).isEqualTo("service/fallback");
      assertThat(entry.getJsonObject("before").getBoolean("active")).isTrue();
      assertThat(entry.getJsonObject("after").getBoolean("active")).isFalse();

      console.invoke(name, "activate");
      user.run("fallback", object("text", "a")).expect(200);
      assertThat(console.get(name, "Active")).isEqualTo(true);
      assertThat(latestAuditEntry().getString("action")).isEqualTo("activate_service");
    }
  }

  @Test
  default void aPriceThatAConsoleChangesCountsAtOnce() throws Exception {
    var user = quickScale().newUser(10);
    String name = "type=Service,name=fallback";
    try (Console console = Console.open()) {
      console.invoke(name, "changePrice", new BigDecimal("2.5"));
      Reply dear = user.run("fallback", object("text", "a")).expect(200);
      BigDecimal shown = (BigDecimal) console.get(name, "Price");
      console.invoke(name, "changePrice", BigDecimal.ONE);

      assertThat(dear.number("credits_consumed")).isEqualTo("2.5");
      assertThat(shown).isEqualByComparingTo("2.5");
      assertThat(latestAuditEntry().getJsonObject("before").getJsonNumber("credit_cost").toString())
          .isEqualTo("2.5");
    }
  }

  @Test
  default void limitsThatAConsoleChangesCountAtOnceAndCanBeLifted() throws Exception {
    var user = quickScale().newUser(10);
    String name = "type=Service,name=fallback";
    try (Console console = Console.open()) {
      console.invoke(name, "changeLimits", 20, 1);

      user.run("fallback", object("text", "more than twenty bytes of it"))
          .expectProblem(413, "payload_too_large");
      assertThat(console.get(name, "MaxInputBytes")).isEqualTo(20);
      assertThat(console.get(name, "MaxConcurrentRuns")).isEqualTo(1);

      console.invoke(name, "changeLimits", null, null);
      user.run("fallback", object("text", "more than twenty bytes of it")).expect(200);
      assertThat(console.get(name, "MaxInputBytes")).isNull();
    }
  }

  @Test
  default void whatMakesNoSenseIsRefusedInWordsThatAConsoleCanRead() throws Exception {
    String name = "type=Service,name=fallback";
    try (Console console = Console.open()) {
      Object before = console.get(name, "Price");

      refused(console, "creditCost: must not be negative", "changePrice", new BigDecimal("-1"));
      refused(console, "at most six decimals", "changePrice", new BigDecimal("0.0000001"));
      refused(console, "creditCost: must be a number", "changePrice", new Object[] {null});
      refused(console, "maxInputBytes: must be from 1", "changeLimits", 0, 1);
      refused(console, "maxConcurrentRuns: must be 1", "changeLimits", 1, 0);

      assertThat(console.get(name, "Price")).isEqualTo(before);
    }
  }

  private static void refused(
      Console console, String words, String operation, Object... arguments) {
    Throwable refusal =
        catchThrowable(() -> console.invoke("type=Service,name=fallback", operation, arguments));
    assertThat(refusal).rootCause().hasMessageContaining(words);
    for (Throwable cause = refusal; cause != null; cause = cause.getCause()) {
      assertThat(cause.getClass().getName()).startsWith("java");
    }
  }

  @Test
  default void aServiceShowsWhatBecameOfItsRuns() throws Exception {
    var user = quickScale().newUser(40);
    String name = "type=Service,name=outcome";
    try (Console console = Console.open()) {
      long runs = console.number(name, "Runs");
      long failures = console.number(name, "Failures");
      long refusals = console.number(name, "Refusals");
      BigDecimal charged = (BigDecimal) console.get(name, "CreditsCharged");

      user.run("outcome", object("outcome", "fine")).expect(200);
      user.run("outcome", object("outcome", "failure")).expectProblem(500, "service_failed");
      user.run("outcome", object()).expectProblem(400, "invalid_input");

      assertThat(console.number(name, "Runs")).isEqualTo(runs + 2);
      assertThat(console.number(name, "Failures")).isEqualTo(failures + 1);
      assertThat(console.number(name, "Refusals")).isEqualTo(refusals + 1);
      assertThat((BigDecimal) console.get(name, "CreditsCharged"))
          .isEqualByComparingTo(charged.add(new BigDecimal(20)));
    }
  }

  @Test
  default void aConsoleSeesHoldsAndASweepReturnsThoseThatAreOverdue() throws Exception {
    var user = quickScale().newUser(3);
    try (Console console = Console.open()) {
      long holds = console.number("type=Ledger", "OpenHolds");
      var late = new AtOnce<>(() -> user.run("gate", object("note", "late")));
      Eventually.holds(() -> assertThat(user.available()).isEqualTo("0"));
      assertThat(console.number("type=Ledger", "OpenHolds")).isEqualTo(holds + 1);
      assertThat((BigDecimal) console.get("type=Ledger", "HeldCredits"))
          .isGreaterThanOrEqualTo(new BigDecimal(3));
      assertThat(console.number("type=Ledger", "QueueCapacity"))
          .isGreaterThanOrEqualTo(console.number("type=Ledger", "Writers"));

      quickScale().forwardSeconds(3600);
      // The timer may be faster; a sweep that a console asks for waits for it.
      assertThat((Integer) console.invoke("type=Ledger", "sweep")).isNotNegative();

      assertThat(user.available()).isEqualTo("3");
      assertThat(console.number("type=Ledger", "OpenHolds")).isEqualTo(holds);
      quickScale().admin().post("/api/v1/test/gate/open", object()).expect(204);
      late.result().expectProblem(504, "service_timeout");
    }
  }

  @Test
  default void verifyingSaysInAConsoleWhatItSaysOverRest() throws Exception {
    quickScale().newUser(5);
    try (Console console = Console.open()) {
      var verified = (CompositeData) console.invoke("type=Ledger", "verify");
      JsonObject overRest =
          quickScale().admin().get("/api/v1/admin/ledger/verify").expect(200).json();

      assertThat(verified.get("consistent")).isEqualTo(overRest.getBoolean("consistent"));
      assertThat(verified.get("accountsChecked"))
          .isEqualTo(overRest.getJsonNumber("accounts_checked").longValue());
      assertThat((CompositeData[]) verified.get("discrepancies"))
          .hasSameSizeAs(overRest.getJsonArray("discrepancies"));
    }
  }

  @Test
  default void keysAreCountedAndTheirCacheCanBeCleared() throws Exception {
    try (Console console = Console.open()) {
      long keys = (Long) console.invoke("type=Keys", "countActive");
      var user = quickScale().newUser();
      user.get("/api/v1/me").expect(200);
      assertThat(console.invoke("type=Keys", "countActive")).isEqualTo(keys + 1);
      assertThat(console.number("type=Cache,name=keys", "Entries")).isPositive();

      console.invoke("type=Cache,name=keys", "clear");

      assertThat(console.number("type=Cache,name=keys", "Entries")).isZero();
      user.get("/api/v1/me").expect(200);
      assertThat(console.number("type=Cache,name=keys", "Entries")).isPositive();
    }
  }

  @Test
  default void aRevokedKeyMovesTheRevision() throws Exception {
    var user = quickScale().newUser();
    String key = user.get("/api/v1/api-keys").items().getJsonObject(0).getString("id");
    try (Console console = Console.open()) {
      long before = console.number("type=Keys", "Revision");

      user.delete("/api/v1/api-keys/" + key).expect(204);

      Eventually.holds(
          () -> assertThat(console.number("type=Keys", "Revision")).isGreaterThan(before));
    }
  }

  private JsonObject latestAuditEntry() {
    return quickScale().admin().get("/api/v1/admin/audit-log").items().getJsonObject(0);
  }
}
