package io.quickscale.rest;

import io.quickscale.admin.CreditAdministration;
import io.quickscale.admin.CreditAdministration.Refunded;
import io.quickscale.admin.CreditAdministration.Voided;
import io.quickscale.admin.LedgerVerification;
import io.quickscale.credit.BalanceVerification;
import io.quickscale.credit.BalanceVerification.Discrepancy;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Ids;
import io.quickscale.run.Idempotency;
import io.quickscale.web.Access;
import io.quickscale.web.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;

/** Voiding, refunding, verifying. */
@Path("/admin")
@ApplicationScoped
@Access(Access.Level.ADMIN)
@Produces(MediaType.APPLICATION_JSON)
public class AdminCreditsResource {
  private static final byte[] NO_REASON = "{}".getBytes(StandardCharsets.US_ASCII);

  @Inject CreditAdministration administration;
  @Inject LedgerVerification verification;
  @Inject Idempotency idempotency;
  @Inject RunAnswerFormat format;
  @Inject RequestBody body;
  @Inject JsonCodec codec;
  @Inject Caller caller;

  /** Why; goes into the ledger. The body may be left out. */
  public record Reason(@Size(max = 500) String reason) {}

  /** What a void took. */
  public record VoidView(String grantId, BigDecimal voidedCredits, BigDecimal availableCredits) {}

  /** What a refund gave back, and what of it went to grants that cannot pay any more. */
  public record RefundView(
      String usageId,
      BigDecimal refundedCredits,
      BigDecimal forfeitedCredits,
      BigDecimal availableCredits) {}

  /** What verifying the ledger found. */
  public record VerifyView(
      boolean consistent, long accountsChecked, List<DiscrepancyView> discrepancies) {}

  /** Something that does not add up, in credits. */
  public record DiscrepancyView(
      String accountId, String kind, String id, BigDecimal recorded, BigDecimal computed) {
    static DiscrepancyView of(Discrepancy found) {
      return new DiscrepancyView(
          Ids.format(found.accountId()),
          found.kind(),
          Ids.format(found.id()),
          found.recorded(),
          found.computed());
    }
  }

  @POST
  @Path("grants/{id}/void")
  @Consumes(MediaType.WILDCARD)
  public Response voidGrant(@PathParam("id") String id, InputStream in) throws IOException {
    long grantId = Paging.id(id);
    return move(
        in,
        reason -> {
          Voided voided = administration.voidGrant(caller.user(), grantId, reason);
          return new VoidView(id, voided.taken().toDecimal(), voided.available().toDecimal());
        });
  }

  @POST
  @Path("usage/{id}/refund")
  @Consumes(MediaType.WILDCARD)
  public Response refund(@PathParam("id") String id, InputStream in) throws IOException {
    long usageId = Paging.id(id);
    return move(
        in,
        reason -> {
          Refunded refund = administration.refund(caller.user(), usageId, reason);
          return new RefundView(
              id,
              refund.refunded().toDecimal(),
              refund.forfeited().toDecimal(),
              refund.available().toDecimal());
        });
  }

  @GET
  @Path("ledger/verify")
  public VerifyView verify() {
    BalanceVerification.Report report = verification.verify();
    return new VerifyView(
        report.isConsistent(),
        report.accountsChecked(),
        report.discrepancies().stream().map(DiscrepancyView::of).toList());
  }

  private Response move(InputStream in, Function<String, Record> operation) throws IOException {
    byte[] sent = body.read(in);
    byte[] wanted = isNothing(sent) ? NO_REASON : sent;
    return format.respond(
        idempotency.once(
            caller.idempotencyKey(wanted),
            () -> format.json(200, operation.apply(codec.read(wanted, Reason.class).reason()))));
  }

  /** Some clients send null for a body that they leave out. */
  private static boolean isNothing(byte[] sent) {
    String text = new String(sent, StandardCharsets.UTF_8).trim();
    return text.isEmpty() || text.equals("null");
  }
}
