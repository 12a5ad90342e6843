package io.quickscale.job;

import io.quickscale.credit.Credits;
import java.util.Optional;

/**
 * How an item of a job ended.
 *
 * @param index its place, from 0
 * @param cost what it was charged
 * @param body the result, or the problem if it failed, as JSON; empty if it was too large to keep
 */
public record JobItem(
    int index, long usageId, boolean success, Credits cost, Optional<String> body) {}
