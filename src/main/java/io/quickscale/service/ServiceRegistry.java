package io.quickscale.service;

/**
 * The services that are deployed, by name, for those who call them from Java: {@code @Inject
 * ServiceRegistry registry}.
 */
public interface ServiceRegistry {
  /**
   * A ready instance of a service, to call {@link BaseService#run} on. The types are those that the
   * caller expects; an input of another type is refused when it is run.
   *
   * @throws ServiceNotFoundException there is none
   * @throws io.quickscale.problem.ServiceInactiveProblem it cannot be run now
   */
  <I, O> BaseService<I, O> createServiceInstance(String name);
}
