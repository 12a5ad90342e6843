/**
 * Statements over many rows, group commit, what a failure of the database means. Knows neither HTTP
 * nor a business word.
 */
package io.quickscale.db;
