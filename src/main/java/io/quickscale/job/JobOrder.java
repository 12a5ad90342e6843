package io.quickscale.job;

import io.quickscale.registry.RegisteredService;
import java.util.List;

/**
 * What is to be done in the background; all of it has been checked.
 *
 * @param inputs one for each run, as JSON
 * @param priority 0 to 9
 */
record JobOrder(JobKind kind, RegisteredService service, List<String> inputs, int priority) {}
