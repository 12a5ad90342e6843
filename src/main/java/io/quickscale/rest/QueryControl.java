package io.quickscale.rest;

import io.quickscale.problem.Violation;
import io.quickscale.service.InvalidInputException;
import io.quickscale.web.Caller;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.util.List;

/**
 * Puts a check of the query before each resource method, whatever the HTTP method and the media
 * type: a parameter that is not known there must not be silently ignored.
 */
@Provider
public class QueryControl implements DynamicFeature {
  /** Whoever may not do this at all is told that first. */
  private static final int PRIORITY = AccessControl.PRIORITY + 1;

  @Inject Caller caller;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    context.register(new Check(QueryParameters.of(resource.getResourceMethod())), PRIORITY);
  }

  private final class Check implements ContainerRequestFilter {
    private final QueryParameters parameters;

    Check(QueryParameters parameters) {
      this.parameters = parameters;
    }

    @Override
    public void filter(ContainerRequestContext context) {
      List<Violation> violations = parameters.violations(caller.query());
      if (!violations.isEmpty()) {
        throw new InvalidInputException(violations);
      }
    }
  }
}
