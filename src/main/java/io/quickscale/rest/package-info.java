/**
 * The REST API, and the only package that knows JAX-RS: resources of a few lines, the records they
 * take and give, and checks of what is sent to them.
 */
package io.quickscale.rest;
