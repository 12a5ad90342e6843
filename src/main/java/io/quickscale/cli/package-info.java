/**
 * The command line, {@code ./scripts/quickscale}. A jar of its own that is not in the WAR and knows
 * the server by its REST API alone. {@link io.quickscale.cli.Main} starts it; what commands there
 * are is said in {@code CommandLineTool}, each command is a {@code Subcommand}.
 */
package io.quickscale.cli;
