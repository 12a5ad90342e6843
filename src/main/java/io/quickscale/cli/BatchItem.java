package io.quickscale.cli;

/**
 * One input of a batch.
 *
 * @param line where it stands in the file; in CSV the record, the header being the first
 * @param body the input as JSON, as it is sent
 */
record BatchItem(long line, String body) {}
