package io.quickscale.definition;

import java.util.Optional;

/**
 * What {@code @UnitPrice} says. What a reader cannot tell is empty, and is not judged.
 *
 * @param where it is said
 */
public record UnitPricing<P>(
    P where,
    Optional<String> unit,
    Optional<String> creditsPerUnit,
    Optional<Long> included,
    Optional<Long> maximum) {}
