package io.quickscale.db;

/**
 * What became of a command among others.
 *
 * @param result null if it failed
 * @param failure null if it was written
 */
public record Written<R>(R result, RuntimeException failure) {}
