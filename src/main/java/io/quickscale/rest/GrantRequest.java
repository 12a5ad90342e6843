package io.quickscale.rest;

import io.quickscale.admin.CreditAdministration.NewGrant;
import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantKind;
import io.quickscale.service.InvalidInputException;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Optional;

/** A grant to be given. */
public record GrantRequest(
    @NotNull @Pattern(
            regexp = "subscription|pay_as_you_go|promotional|admin",
            message = "must be subscription, pay_as_you_go, promotional or admin")
        String kind,
    @NotNull BigDecimal amount,
    OffsetDateTime expiresAt,
    @Size(max = 500) String description,
    @Min(0) @Max(1000) Integer priority) {

  NewGrant toGrant() {
    return new NewGrant(
        GrantKind.ofWord(kind),
        credits("amount", amount),
        Optional.ofNullable(priority),
        Optional.ofNullable(expiresAt),
        description);
  }

  /** An amount from a request; what is wrong with it is said of its field. */
  static Credits credits(String field, BigDecimal amount) {
    try {
      return Credits.of(amount);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of(field, e.getMessage());
    }
  }
}
