package io.quickscale.run;

import io.quickscale.credit.Credits;

/**
 * A run of an order of many that has not ended.
 *
 * @param held the most that it can cost
 */
public record OrderedRun(long usageId, String service, Credits held) {}
