package io.quickscale.rest;

import io.quickscale.credit.GrantShare;
import io.quickscale.platform.Ids;
import io.quickscale.service.ServiceResult.Payment;
import java.math.BigDecimal;

/** One grant's part of a charge. */
public record GrantShareView(String grantId, String kind, BigDecimal credits) {
  static GrantShareView of(GrantShare share) {
    return new GrantShareView(
        Ids.format(share.grantId()), share.kind().word(), share.credits().toDecimal());
  }

  static GrantShareView of(Payment payment) {
    return new GrantShareView(payment.grantId(), payment.kind(), payment.credits());
  }
}
