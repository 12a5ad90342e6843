/**
 * Reads the Java sources of a project with JavaParser: which services there are, and what is wrong
 * with them. Knows neither the terminal nor the server.
 */
package io.quickscale.cli.source;
