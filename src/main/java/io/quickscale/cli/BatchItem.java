package io.quickscale.cli;

/**
 * One input of a batch.
 *
 * @param line where it begins in the file, counted from 1
 * @param body the input as JSON, as it is sent
 */
record BatchItem(long line, String body) {}
