/**
 * What operators read at {@code /metrics}: the table of all metrics, the registry that they are
 * counted in, and the page that shows them. Metered units, which callers pay for, are not here.
 */
package io.quickscale.metrics;
