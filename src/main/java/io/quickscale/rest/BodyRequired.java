package io.quickscale.rest;

import io.quickscale.problem.MalformedJsonProblem;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Parameter;
import java.util.stream.Stream;

/**
 * Refuses a request without a body where a record is read from it; no reader is asked for what is
 * not there.
 */
@Provider
public class BodyRequired implements DynamicFeature {
  /** Whoever may not do this at all is told that first. */
  private static final int PRIORITY = AccessControl.PRIORITY + 2;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    if (Stream.of(resource.getResourceMethod().getParameters())
        .anyMatch(parameter -> parameter.getType().isRecord() && isTheBody(parameter))) {
      context.register(new Check(), PRIORITY);
    }
  }

  /** What is not the body says where else it comes from. */
  private static boolean isTheBody(Parameter parameter) {
    return parameter.getAnnotations().length == 0;
  }

  private static final class Check implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext request) {
      if (!request.hasEntity()) {
        throw new MalformedJsonProblem("The body is empty. Send a JSON object.");
      }
    }
  }
}
