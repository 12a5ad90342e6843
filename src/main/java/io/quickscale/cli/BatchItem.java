package io.quickscale.cli;

/**
 * One input of a batch.
 *
 * @param line where it begins in the file, counted from 1
 * @param indent columns before it on that line
 * @param body the input as JSON, as it is sent
 */
record BatchItem(long line, int indent, String body) {}
