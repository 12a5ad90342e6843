package io.quickscale.run;

import static java.time.temporal.ChronoUnit.MINUTES;

import io.quickscale.credit.GrantKind;
import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.NaiveLedger;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What the ledger's database should look like and what callers should be told, kept in maps by one
 * thread: a {@link NaiveLedger} for each account, a record for each run, a claim for each
 * idempotency key. Knows no transactions: what is rolled back, it is not told of.
 */
final class LedgerModel {
  static final OffsetDateTime START = OffsetDateTime.of(2026, 11, 22, 8, 0, 0, 0, ZoneOffset.UTC);

  private static final int MINUTES_KEPT = 48 * 60;

  /** A user and the text that the user chose. */
  record Key(long userId, String value) {
    static Key of(IdempotencyKey key) {
      return new Key(key.userId(), key.value());
    }
  }

  /**
   * What is known of a key.
   *
   * @param answer null while there is none
   */
  record Claim(String fingerprint, long orderId, String answer, long minute) {}

  private final Map<Long, NaiveLedger> ledgers = new LinkedHashMap<>();
  private final Map<Long, Long> owners = new TreeMap<>();
  private final TreeMap<Long, RunRecord> records = new TreeMap<>();
  private final Map<Key, Claim> claims = new HashMap<>();
  private long minute;

  void open(long accountId) {
    ledgers.put(accountId, new NaiveLedger());
  }

  void pass(long minutes) {
    minute += minutes;
    ledgers.values().forEach(ledger -> ledger.minute = minute);
  }

  OffsetDateTime now() {
    return START.plusMinutes(minute);
  }

  boolean give(Give give) {
    long end = give.expiresAt().map(moment -> START.until(moment, MINUTES)).orElse(Long.MAX_VALUE);
    owners.put(give.grantId(), give.accountId());
    ledgers
        .get(give.accountId())
        .give(
            give.grantId(),
            give.kind() == GrantKind.SUBSCRIPTION,
            give.priority(),
            give.amount().micros(),
            end);
    return true;
  }

  /** The account of a grant, if it was given. */
  Optional<Long> owner(long grantId) {
    return Optional.ofNullable(owners.get(grantId));
  }

  /** The run that was started so many runs before the last one. */
  Optional<Long> run(int back) {
    return records.descendingKeySet().stream().skip(back).findFirst();
  }

  boolean voidGrant(long grantId) {
    return ledgers.get(owners.get(grantId)).voidGift(grantId);
  }

  void expire() {
    ledgers.values().forEach(NaiveLedger::expire);
  }

  boolean refund(long runId) {
    List<RunRecord> family = new ArrayList<>(within(runId));
    family.add(records.get(runId));
    if (family.stream().anyMatch(RunRecord::isRunning)) {
      return false;
    }
    return family.stream().map(this::giveBack).toList().contains(true);
  }

  /** Gives back what a run cost; false if that is nothing any more. */
  private boolean giveBack(RunRecord record) {
    boolean refunded = ledger(record.run).refund(record.run.usageId());
    record.refunded |= refunded;
    return refunded;
  }

  /** The runs that a run has ordered, and those that they have ordered. */
  private List<RunRecord> within(long runId) {
    return records.values().stream().filter(record -> isWithin(record.run, runId)).toList();
  }

  private static boolean isWithin(Run run, long outer) {
    return run.outer().filter(by -> by.usageId() == outer || isWithin(by, outer)).isPresent();
  }

  /** Gives up every run that should have ended by now, oldest first. */
  void abandonOverdue() {
    List<RunRecord> overdue =
        records.values().stream()
            .filter(record -> !record.deadline.isAfter(now()))
            .sorted(Comparator.comparing(record -> record.deadline))
            .toList();
    for (RunRecord record : overdue) {
      if (record.isRunning()) {
        abandon(record);
        endWithin(record.run, InnerEnd.ALL_BACK);
        freeKey(record.run.order().id());
      }
    }
  }

  /** What a part of an order does or has cost is not to be done again under its key. */
  private void freeKey(long orderId) {
    boolean isPartlyDone =
        records.values().stream()
            .filter(record -> record.run.order().id() == orderId)
            .anyMatch(record -> record.isRunning() || (record.cost > 0 && !record.refunded));
    if (!isPartlyDone) {
      claims.values().removeIf(claim -> claim.orderId() == orderId && claim.answer() == null);
    }
  }

  private void abandon(RunRecord record) {
    record.status = "ABANDONED";
    ledger(record.run).release(record.run.usageId());
  }

  /**
   * What goes on within a run ends with it; what was paid within it goes back if that is wanted,
   * and what was paid within a run that is given up in any case.
   */
  private void endWithin(Run run, InnerEnd wanted) {
    Set<Long> givenUp = new HashSet<>();
    List<RunRecord> paid = new ArrayList<>();
    for (RunRecord record : within(run.usageId())) {
      if (record.isRunning()) {
        abandon(record);
        givenUp.add(record.run.usageId());
      } else if (goesBack(record.run, wanted) || record.run.isWithin(givenUp)) {
        paid.add(record);
      }
    }
    paid.forEach(this::giveBack);
  }

  private static boolean goesBack(Run run, InnerEnd wanted) {
    return wanted.givesBack(run.usageId())
        || run.outer().filter(by -> goesBack(by, wanted)).isPresent();
  }

  void forgetOldAnswers() {
    claims
        .values()
        .removeIf(claim -> claim.answer() != null && claim.minute() < minute - MINUTES_KEPT);
  }

  /** What is known of keys now. */
  Map<Key, Claim> claims() {
    return Map.copyOf(claims);
  }

  /** Writes commands as one transaction that knows only of these keys; what each one is told. */
  List<String> write(List<RunCommand> commands, Map<Key, Claim> known) {
    List<String> told = objections(commands, known);
    Set<Long> endingNow = new HashSet<>();
    for (int i = 0; i < commands.size(); i++) {
      if (told.get(i) == null && commands.get(i) instanceof RunCommand.Start start) {
        told.set(i, start(start));
      } else if (commands.get(i) instanceof RunCommand.Finish finish && isRunning(finish)) {
        endingNow.add(finish.run().usageId());
        if (!finish.end().inner().any()) {
          end(finish);
        }
      }
    }
    commands.stream()
        .filter(RunCommand.Finish.class::isInstance)
        .map(RunCommand.Finish.class::cast)
        .filter(finish -> finish.end().inner().any() && isRunning(finish))
        .sorted(Comparator.comparing(finish -> -finish.run().usageId()))
        .forEach(this::endFamily);
    for (int i = 0; i < commands.size(); i++) {
      if (told.get(i) == null) {
        told.set(i, conclude(commands.get(i), endingNow));
      }
    }
    return told;
  }

  private boolean isRunning(RunCommand.Finish finish) {
    return records.get(finish.run().usageId()).isRunning();
  }

  private void end(RunCommand.Finish finish) {
    RunRecord record = records.get(finish.run().usageId());
    record.status = finish.end().status().name();
    record.cost = finish.end().charge().micros();
    if (!record.run.isFree()) {
      long id = record.run.usageId();
      if (record.cost == 0) {
        ledger(record.run).release(id);
      } else {
        ledger(record.run).settle(id, record.cost);
      }
    }
  }

  private void endFamily(RunCommand.Finish finish) {
    end(finish);
    endWithin(records.get(finish.run().usageId()).run, finish.end().inner());
  }

  private String conclude(RunCommand command, Set<Long> endingNow) {
    if (command instanceof RunCommand.Finish finish) {
      return receipt(finish, endingNow.contains(finish.run().usageId()));
    } else if (command instanceof RunCommand.AnswerOrder answer) {
      answer(Key.of(answer.key()), answer.orderId(), answer.answer().body());
      return Told.WRITTEN;
    }
    return extend((RunCommand.Extend) command);
  }

  private String receipt(RunCommand.Finish finish, boolean endsNow) {
    long id = finish.run().usageId();
    RunRecord record = records.get(id);
    if (record.status.equals("ABANDONED") && !endsNow) {
      return "ConflictProblem";
    }
    String receipt = Told.receipt(id, record.cost, ledger(record.run).available());
    if (endsNow) {
      finish.reply().ifPresent(reply -> answer(Key.of(reply.key()), id, receipt));
    }
    return receipt;
  }

  private String extend(RunCommand.Extend extend) {
    List<RunRecord> going =
        records.values().stream()
            .filter(record -> record.isRunning() && record.run.order().id() == extend.orderId())
            .toList();
    going.stream()
        .filter(record -> record.deadline.isBefore(extend.deadline()))
        .forEach(record -> record.deadline = extend.deadline());
    return going.isEmpty() ? "ConflictProblem" : Told.WRITTEN;
  }

  private List<String> objections(List<RunCommand> commands, Map<Key, Claim> known) {
    Set<Long> ending = new HashSet<>();
    for (RunCommand command : commands) {
      if (command instanceof RunCommand.Finish finish) {
        ending.add(finish.run().usageId());
      }
    }
    List<String> told = new ArrayList<>();
    Set<Key> claimed = new HashSet<>();
    List<Run> starts = new ArrayList<>();
    for (RunCommand command : commands) {
      String objection = null;
      if (command instanceof RunCommand.Start start) {
        objection = objection(start, known, claimed, starts, ending);
        if (objection == null) {
          starts.addAll(start.runs());
        }
      }
      told.add(objection);
    }
    return told;
  }

  private String objection(
      RunCommand.Start start,
      Map<Key, Claim> known,
      Set<Key> claimed,
      List<Run> starts,
      Set<Long> ending) {
    if (start.order().key().isPresent()) {
      IdempotencyKey key = start.order().key().get();
      Claim claim = known.get(Key.of(key));
      if (claim != null && !claim.fingerprint().equals(key.fingerprint())) {
        return "IdempotencyKeyReusedProblem";
      }
      if (claim != null && claim.answer() != null) {
        return Told.again(claim.answer());
      }
      if (claim != null || !claimed.add(Key.of(key))) {
        return "RequestInProgressProblem";
      }
    }
    if (start.order().outer().filter(by -> !takesOrders(by, ending)).isPresent()) {
      return "ServiceTimeoutProblem";
    }
    Run first = start.runs().get(0);
    Integer limit = first.service().settings().maxConcurrentRuns();
    return limit != null
            && going(first, starts) > 0
            && going(first, starts) + start.runs().size() > limit
        ? "RateLimitedProblem"
        : null;
  }

  private boolean takesOrders(Run outer, Set<Long> ending) {
    return records.get(outer.usageId()).isRunning()
        && !ending.contains(outer.usageId())
        && ending.stream().noneMatch(end -> isWithin(outer, end));
  }

  private long going(Run run, List<Run> starts) {
    return Stream.concat(
            starts.stream(),
            records.values().stream().filter(RunRecord::isRunning).map(record -> record.run))
        .filter(other -> other.user().equals(run.user()))
        .filter(other -> other.service().name().equals(run.service().name()))
        .count();
  }

  private String start(RunCommand.Start start) {
    NaiveLedger ledger = ledgers.get(start.accountId());
    if (start.runs().stream().mapToLong(run -> run.price().micros()).sum() > ledger.available()) {
      return "InsufficientCreditsException";
    }
    if (records.containsKey(start.order().id())) {
      return Told.WRITTEN_BEFORE;
    }
    for (Run run : start.runs()) {
      records.put(run.usageId(), new RunRecord(run));
      ledger.hold(run.usageId(), run.price().micros());
    }
    start
        .order()
        .key()
        .ifPresent(
            key ->
                claims.put(
                    Key.of(key), new Claim(key.fingerprint(), start.order().id(), null, minute)));
    return Told.STARTED;
  }

  private void answer(Key key, long orderId, String answer) {
    claims.computeIfPresent(
        key,
        (k, claim) ->
            claim.orderId() == orderId
                ? new Claim(claim.fingerprint(), orderId, answer, claim.minute())
                : claim);
  }

  /** Everything that the database should say. */
  Set<String> facts() {
    Set<String> facts = new TreeSet<>();
    owners.forEach((grant, account) -> facts.add(grant(grant, ledgers.get(account))));
    records.values().forEach(record -> facts.add(record.fact(ledger(record.run))));
    claims.forEach(
        (key, claim) ->
            facts.add(
                Facts.key(
                    key.userId(),
                    key.value(),
                    claim.fingerprint(),
                    claim.orderId(),
                    claim.answer())));
    return facts;
  }

  private static String grant(long grantId, NaiveLedger ledger) {
    long left = ledger.left(grantId);
    long held = ledger.setAside(grantId);
    return Facts.grant(grantId, left, held, left + held);
  }

  /** What an account can spend. */
  long available(long accountId) {
    return ledgers.get(accountId).available();
  }

  private NaiveLedger ledger(Run run) {
    return ledgers.get(run.user().accountId());
  }
}
