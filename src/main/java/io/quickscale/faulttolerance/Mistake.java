package io.quickscale.faulttolerance;

/**
 * Something that is wrong with an annotation.
 *
 * @param what such as "@Timeout has the value -1", without a full stop
 * @param remedy what to do about it, without a full stop
 */
public record Mistake(String what, String remedy) {}
