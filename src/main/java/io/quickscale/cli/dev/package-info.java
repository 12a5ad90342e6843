/**
 * Rebuilds a project at each save and has a running server deploy it again. Knows neither the
 * terminal nor the REST API.
 */
package io.quickscale.cli.dev;
