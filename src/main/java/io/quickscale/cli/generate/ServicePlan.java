package io.quickscale.cli.generate;

/**
 * A service to be written.
 *
 * @param creditCost credits for a run, a decimal that the server takes; "0" is free
 * @param description for callers
 * @param packageName of its class
 */
public record ServicePlan(
    ServiceName name,
    ServiceType type,
    String creditCost,
    String description,
    String packageName) {}
