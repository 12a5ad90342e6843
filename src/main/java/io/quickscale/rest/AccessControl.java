package io.quickscale.rest;

import io.quickscale.web.Access;
import io.quickscale.web.AccessCheck;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;

/**
 * Puts the {@link AccessCheck} before each resource method. Closed unless the method or its class
 * says otherwise.
 */
@Provider
public class AccessControl implements DynamicFeature {
  /**
   * After the server's own filter for traces (WildFly's): a request that is refused has one too.
   */
  static final int PRIORITY = Priorities.USER + 1;

  @Inject AccessCheck access;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    context.register(new Check(level(resource)), PRIORITY);
  }

  private static Access.Level level(ResourceInfo resource) {
    Access access = resource.getResourceMethod().getAnnotation(Access.class);
    if (access == null) {
      access = resource.getResourceClass().getAnnotation(Access.class);
    }
    return access == null ? Access.Level.USER : access.value();
  }

  @Priority(PRIORITY)
  private final class Check implements ContainerRequestFilter {
    private final Access.Level level;

    Check(Access.Level level) {
      this.level = level;
    }

    @Override
    public void filter(ContainerRequestContext context) {
      access.require(level);
    }
  }
}
