package io.quickscale.definition;

import java.util.List;
import java.util.Optional;

/**
 * What {@code @RegisterService} says. What a reader cannot tell is empty, and is not judged.
 *
 * @param where it is said
 * @param creditCost credits for one run
 */
public record Registration<P>(
    P where,
    Optional<String> name,
    Optional<String> description,
    Optional<String> category,
    Optional<String> creditCost,
    List<UnitPricing<P>> unitPrices) {}
