package io.quickscale.admin;

import io.quickscale.access.AuthenticatedUser;
import io.quickscale.access.User;
import io.quickscale.access.Users;
import io.quickscale.credit.CreditGrant;
import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.CreditStatement;
import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantKind;
import io.quickscale.credit.GrantShare;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.credit.LedgerOutcome.Applied;
import io.quickscale.platform.Ids;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Time;
import io.quickscale.platform.Timestamps;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.run.Usage;
import io.quickscale.run.UsageHistory;
import io.quickscale.run.UsageRefund;
import io.quickscale.service.InvalidInputException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.config.Config;

/** Credits as operators give and take them. */
@ApplicationScoped
public class CreditAdministration {
  @Inject Users users;
  @Inject CreditLedger ledger;
  @Inject CreditStatement statement;
  @Inject UsageRefund refunds;
  @Inject UsageHistory history;
  @Inject AuditLog log;
  @Inject Ids ids;
  @Inject Time time;

  @Inject Config config;

  /** How long a subscription grant lasts if the request does not say. */
  private LiveValue<Period> subscriptionPeriod;

  @PostConstruct
  void configure() {
    subscriptionPeriod =
        new LiveValue<>(
            config,
            "quickscale.credits.subscription-period",
            Period.class,
            CreditAdministration::isReasonable,
            "an ISO-8601 period such as P1M, of up to 100 years");
  }

  private static boolean isReasonable(Period period) {
    return !period.isNegative()
        && !period.isZero()
        && period.toTotalMonths() <= 1200
        && period.getDays() <= 36_525;
  }

  /** What an operator wants to give. */
  public record NewGrant(
      GrantKind kind,
      Credits amount,
      Optional<Integer> priority,
      Optional<OffsetDateTime> expiresAt,
      String description) {}

  /**
   * A grant as the audit log keeps it; amounts in credits.
   *
   * @param remaining neither spent nor held nor taken away
   */
  public record GrantState(
      String accountId,
      String kind,
      BigDecimal amount,
      BigDecimal remaining,
      int priority,
      OffsetDateTime expiresAt,
      String description) {
    static GrantState of(CreditGrant grant, Credits remaining) {
      return new GrantState(
          Ids.format(grant.accountId()),
          grant.kind().word(),
          grant.amount().toDecimal(),
          remaining.toDecimal(),
          grant.priority(),
          grant.expiresAt().orElse(null),
          grant.description());
    }
  }

  /** A grant that was voided, as the audit log keeps it; amounts in credits. */
  public record VoidState(
      String accountId, BigDecimal remaining, BigDecimal voided, String reason) {}

  /**
   * What was paid for a run and the runs within it, as the audit log keeps it; amounts in credits.
   *
   * @param paid and not given back
   * @param refunded null before it is
   */
  public record PaymentState(
      String accountId, String service, BigDecimal paid, BigDecimal refunded, String reason) {}

  /** What was taken back, in credits, and what the account can spend after it. */
  public record Voided(Credits taken, Credits available) {}

  /**
   * What was given back, in credits.
   *
   * @param refunded to the grants that had paid
   * @param forfeited the part of it that went to grants that have expired or were voided: nobody
   *     can spend it
   * @param available what the account can spend after it
   */
  public record Refunded(Credits refunded, Credits forfeited, Credits available) {}

  /**
   * Gives a grant to a user.
   *
   * @throws InvalidInputException the amount is zero, the expiry is past, or a subscription has
   *     none
   */
  @Transactional
  public CreditGrant give(AuthenticatedUser actor, long userId, NewGrant wanted) {
    User user = users.require(userId);
    Optional<OffsetDateTime> expiresAt = expiry(wanted);
    long grantId = ids.next();
    ledger
        .apply(
            new LedgerCommand.Give(
                user.accountId(),
                grantId,
                wanted.kind(),
                wanted.priority().orElse(wanted.kind().defaultPriority()),
                checkedAmount(wanted),
                expiresAt,
                wanted.description()))
        .orThrow();
    CreditGrant grant = requireGrant(grantId);
    log.record(actor, "give_grant", target(grantId), null, GrantState.of(grant, grant.remaining()));
    return grant;
  }

  /**
   * Takes back what is left of a grant, and what runs that hold a part of it will not need.
   *
   * @throws NotFoundProblem there is no such grant
   * @throws ConflictProblem there is nothing (more) to take back
   */
  @Transactional
  public Voided voidGrant(AuthenticatedUser actor, long grantId, String reason) {
    CreditGrant grant = requireGrant(grantId);
    Applied applied =
        ledger.apply(new LedgerCommand.VoidGrant(grant.accountId(), grantId, reason)).orThrow();
    if (applied.moved().isZero() && requireGrant(grantId).held().isZero()) {
      throw new ConflictProblem("The grant is used up: there is nothing left to take back.");
    }
    log.record(
        actor,
        "void_grant",
        target(grantId),
        // What is read before the ledger's locks may have moved: what it took is what was there.
        GrantState.of(grant, applied.moved()),
        new VoidState(
            Ids.format(grant.accountId()),
            Credits.ZERO.toDecimal(),
            applied.moved().toDecimal(),
            reason));
    return new Voided(applied.moved(), applied.available());
  }

  /** Gives back what a run cost, once. */
  @Transactional
  public Refunded refund(AuthenticatedUser actor, long usageId, String reason) {
    UsageRefund.Receipt receipt = refunds.refund(usageId, reason);
    Usage usage = history.find(usageId).orElseThrow();
    String account = Ids.format(usage.accountId());
    Credits credits = total(receipt.shares().stream());
    BigDecimal refunded = credits.toDecimal();
    log.record(
        actor,
        "refund_usage",
        "usage/" + Ids.format(usageId),
        new PaymentState(account, usage.service(), refunded, null, null),
        new PaymentState(account, usage.service(), Credits.ZERO.toDecimal(), refunded, reason));
    return new Refunded(
        credits,
        total(receipt.shares().stream().filter(share -> !canPay(share.grantId()))),
        receipt.available());
  }

  private boolean canPay(long grantId) {
    CreditGrant grant = requireGrant(grantId);
    return !grant.isVoided() && !grant.isExpired(time.now());
  }

  private static Credits total(Stream<GrantShare> shares) {
    return Credits.sum(shares.map(GrantShare::credits).toList());
  }

  private static Credits checkedAmount(NewGrant wanted) {
    if (wanted.amount().isZero()) {
      throw InvalidInputException.of("amount", "must be more than 0");
    }
    return wanted.amount();
  }

  private Optional<OffsetDateTime> expiry(NewGrant wanted) {
    OffsetDateTime now = time.now();
    Optional<OffsetDateTime> end = wanted.expiresAt().map(Timestamps::stored);
    if (end.filter(moment -> !moment.isAfter(now)).isPresent()) {
      throw InvalidInputException.of("expires_at", "must be in the future");
    }
    if (end.isPresent() || wanted.kind() != GrantKind.SUBSCRIPTION) {
      return end;
    }
    Period period =
        subscriptionPeriod
            .get()
            .orElseThrow(
                () ->
                    InvalidInputException.of(
                        "expires_at",
                        "is required for a subscription (or configure quickscale.credits.subscription-period)"));
    return Optional.of(now.plus(period));
  }

  private CreditGrant requireGrant(long grantId) {
    return statement
        .grant(grantId)
        .orElseThrow(() -> new NotFoundProblem("There is no such grant."));
  }

  private static String target(long grantId) {
    return "grant/" + Ids.format(grantId);
  }
}
