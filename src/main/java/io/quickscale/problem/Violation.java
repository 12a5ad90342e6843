package io.quickscale.problem;

/**
 * One thing that is wrong with an input.
 *
 * @param field where, as a path of member names and indexes ({@code steps[0].service}); empty for
 *     the whole input
 * @param message what is wrong and what is allowed
 */
public record Violation(String field, String message) {}
