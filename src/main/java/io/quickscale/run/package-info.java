/**
 * The road of one run: check, hold, execute outside any transaction, settle. {@link
 * io.quickscale.run.ServiceRunner} is the one orchestrator; {@code RunJournal} is what it writes,
 * two transactions a run.
 */
package io.quickscale.run;
