package io.quickscale.definition;

/**
 * A rule that a definition breaks.
 *
 * @param code stable, {@code QS001} and on
 * @param where it is broken, as the reader of the definition says
 * @param what continues "the service ", without a full stop
 * @param remedy what to do about it, without a full stop
 */
public record BrokenRule<P>(String code, P where, String what, String remedy) {}
