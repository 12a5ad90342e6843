package io.quickscale.service;

/**
 * Lets the runner call {@link BaseService#executeService}, which only authors override and nobody
 * else calls.
 */
public final class ServiceInvocation {
  private ServiceInvocation() {}

  /**
   * Calls the service through whatever reference is given; through the CDI proxy, Fault Tolerance
   * applies.
   */
  public static <I, O> O execute(BaseService<I, O> service, RunContext context, I input)
      throws Exception {
    return service.executeService(context, input);
  }
}
