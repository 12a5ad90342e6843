package io.quickscale.service;

import java.util.Optional;

/** One attempt of one run, as the service sees it. */
public interface RunContext {
  /** Who pays. */
  ServiceUser user();

  /** The run's usage id, the same in every attempt. */
  String runId();

  /**
   * For log lines and outgoing calls: ties together what belongs to one request. No secret, no user
   * data.
   */
  String correlationId();

  /** 1 for the first try, 2 for the first retry and so on. */
  int attempt();

  /**
   * Reports used units of a usage-priced service; calls add up. Only the attempt that ends the run
   * counts.
   *
   * @param unit a unit of the service's {@link UnitPrice}s
   * @param units how many, not negative
   * @throws IllegalArgumentException the service has no such unit, or units is negative
   */
  void meter(String unit, long units);

  /**
   * Tells those who wait for a job how far its run is, in steps of the service's own. Without a job
   * nobody is told; what makes no sense is ignored, so that telling never fails a run.
   *
   * @param done finished steps, from 0 to total
   * @param total all steps, at least 1
   */
  void progress(long done, long total);

  /**
   * A setting of the service, such as the {@code api-key} of what it calls: MicroProfile Config's
   * {@code quickscale.service.<service>.<name>}, or {@code ai.service.<name>} for all services (in
   * the environment: {@code AI_SERVICE_API_KEY}, {@code AI_SERVICE_URL}, {@code
   * AI_SERVICE_TIMEOUT}). Read when it is asked for, so that a change made on the server counts
   * without a redeployment; never logged.
   *
   * @param name lower-case words with hyphens
   */
  Optional<String> setting(String name);
}
