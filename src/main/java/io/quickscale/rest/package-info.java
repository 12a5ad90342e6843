/**
 * The only package that speaks HTTP: resources of a few lines, the records they take and give,
 * problem answers (RFC 9457), access checks.
 */
package io.quickscale.rest;
