/**
 * Writes new services, and new projects for them, from the templates beside this package. Knows
 * neither the terminal nor the server.
 */
package io.quickscale.cli.generate;
