package io.quickscale.run;

import static java.time.temporal.ChronoUnit.MINUTES;

import io.quickscale.credit.GrantKind;
import io.quickscale.credit.LedgerCommand.Give;
import io.quickscale.credit.NaiveLedger;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
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
  record Claim(String fingerprint, long runId, String answer, long minute) {}

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

  /** Gives up every run that should have ended by now. */
  void abandonOverdue() {
    for (RunRecord record : records.values()) {
      if (record.isRunning() && !record.run.deadline().isAfter(now())) {
        abandon(record);
        endWithin(record.run, InnerEnd.ALL_BACK);
        claims
            .values()
            .removeIf(claim -> claim.runId() == record.run.usageId() && claim.answer() == null);
      }
    }
  }

  private void abandon(RunRecord record) {
    record.status = "ABANDONED";
    ledger(record.run).release(record.run.usageId());
  }

  /**
   * What goes on within a run ends with it; what was paid within it goes back if that is wanted.
   */
  private void endWithin(Run run, InnerEnd wanted) {
    List<RunRecord> paid = new ArrayList<>();
    for (RunRecord record : within(run.usageId())) {
      if (record.isRunning()) {
        abandon(record);
      } else if (goesBack(record.run, wanted)) {
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
    Map<RunCommand, Long> left = new HashMap<>();
    for (int i = 0; i < commands.size(); i++) {
      if (told.get(i) == null && !isFamily(commands.get(i)) && !commands.get(i).run().isFree()) {
        told.set(i, move(commands.get(i), left));
      }
    }
    for (int i = 0; i < commands.size(); i++) {
      if (told.get(i) == null && !isFamily(commands.get(i))) {
        told.set(i, record(commands.get(i), left));
      }
    }
    for (int i = 0; i < commands.size(); i++) {
      if (isFamily(commands.get(i))) {
        told.set(i, endFamily((RunCommand.Finish) commands.get(i)));
      }
    }
    return told;
  }

  private static boolean isFamily(RunCommand command) {
    return command instanceof RunCommand.Finish finish && finish.end().inner().any();
  }

  private String endFamily(RunCommand.Finish finish) {
    if (records.get(finish.run().usageId()).isRunning()) {
      if (!finish.run().isFree()) {
        move(finish, new HashMap<>());
      }
      endWithin(finish.run(), finish.end().inner());
    }
    return finish(finish, ledger(finish.run()).available());
  }

  private List<String> objections(List<RunCommand> commands, Map<Key, Claim> known) {
    List<String> told = new ArrayList<>();
    Set<Key> claimed = new HashSet<>();
    List<Run> starts = new ArrayList<>();
    for (RunCommand command : commands) {
      String objection = null;
      if (command instanceof RunCommand.Start start) {
        objection = objection(start.run(), known, claimed, starts);
        if (objection == null) {
          starts.add(start.run());
        }
      }
      told.add(objection);
    }
    return told;
  }

  private String objection(Run run, Map<Key, Claim> known, Set<Key> claimed, List<Run> starts) {
    if (run.key().isPresent()) {
      IdempotencyKey key = run.key().get();
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
    if (run.outer().filter(by -> !records.get(by.usageId()).isRunning()).isPresent()) {
      return "ServiceTimeoutProblem";
    }
    Integer limit = run.service().settings().maxConcurrentRuns();
    return limit != null && going(run, starts) >= limit ? "RateLimitedProblem" : null;
  }

  private long going(Run run, List<Run> starts) {
    return Stream.concat(
            starts.stream(),
            records.values().stream().filter(RunRecord::isRunning).map(record -> record.run))
        .filter(other -> other.user().equals(run.user()))
        .filter(other -> other.service().name().equals(run.service().name()))
        .count();
  }

  /** Moves credits, if that is possible; else says why not. */
  private String move(RunCommand command, Map<RunCommand, Long> left) {
    Run run = command.run();
    NaiveLedger ledger = ledger(run);
    if (command instanceof RunCommand.Finish finish) {
      long charge = finish.end().charge().micros();
      if (charge == 0 ? ledger.release(run.usageId()) : ledger.settle(run.usageId(), charge)) {
        left.put(command, ledger.available());
      }
      return null;
    }
    if (run.price().micros() > ledger.available()) {
      return "InsufficientCreditsException";
    }
    return records.containsKey(run.usageId()) || ledger.hold(run.usageId(), run.price().micros())
        ? null
        : "a hold that is there cannot be held";
  }

  private String record(RunCommand command, Map<RunCommand, Long> left) {
    Run run = command.run();
    long leftNow = left.getOrDefault(command, ledger(run).available());
    return command instanceof RunCommand.Finish finish ? finish(finish, leftNow) : start(run);
  }

  private String start(Run run) {
    if (records.containsKey(run.usageId())) {
      return Told.WRITTEN_BEFORE;
    }
    records.put(run.usageId(), new RunRecord(run));
    run.key()
        .ifPresent(
            key ->
                claims.put(Key.of(key), new Claim(key.fingerprint(), run.usageId(), null, minute)));
    return Told.STARTED;
  }

  private String finish(RunCommand.Finish finish, long left) {
    Run run = finish.run();
    RunRecord record = records.get(run.usageId());
    if (record.status.equals("ABANDONED")) {
      return "ConflictProblem";
    }
    String receipt;
    if (record.isRunning()) {
      record.status = finish.end().status().name();
      record.cost = finish.end().charge().micros();
      receipt = Told.receipt(run.usageId(), record.cost, left);
      run.key().ifPresent(key -> answer(Key.of(key), receipt));
    } else {
      receipt = Told.receipt(run.usageId(), record.cost, left);
    }
    return receipt;
  }

  private void answer(Key key, String answer) {
    claims.computeIfPresent(
        key, (k, claim) -> new Claim(claim.fingerprint(), claim.runId(), answer, claim.minute()));
  }

  /** Everything that the database should say. */
  Set<String> facts() {
    Set<String> facts = new TreeSet<>();
    owners.forEach((grant, account) -> facts.add(grant(grant, ledgers.get(account))));
    records.values().forEach(record -> facts.addAll(record.facts(ledger(record.run))));
    claims.forEach(
        (key, claim) ->
            facts.add(
                Facts.key(
                    key.userId(),
                    key.value(),
                    claim.fingerprint(),
                    claim.runId(),
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
