package io.quickscale.service;

import java.math.BigDecimal;

/**
 * Whether a run could be paid now. All amounts in credits.
 *
 * @param requiredCredits the most one run can cost
 * @param availableCredits what can be spent: not held, not expired
 * @param shortfall what is missing; 0 if nothing is
 */
public record CreditCheck(
    boolean hasSufficientCredits,
    BigDecimal requiredCredits,
    BigDecimal availableCredits,
    BigDecimal shortfall) {}
