package io.quickscale.rest;

import io.quickscale.problem.HttpProblem;
import io.quickscale.service.InvalidInputException;
import io.quickscale.web.SingleHeaders;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * Puts a check of the headers before each resource method: those that have one value come once, and
 * the answer is written in what Accept takes.
 */
@Provider
public class MediaTypeControl implements DynamicFeature {
  /** Whoever may not do this at all is told that first. */
  private static final int PRIORITY = AccessControl.PRIORITY + 1;

  @Inject HttpServletRequest request;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    context.register(new Check(written(resource)), PRIORITY);
  }

  /** What a resource method writes, without parameters. */
  private static List<String> written(ResourceInfo resource) {
    Method method = resource.getResourceMethod();
    Produces produces =
        method.isAnnotationPresent(Produces.class)
            ? method.getAnnotation(Produces.class)
            : resource.getResourceClass().getAnnotation(Produces.class);
    return produces == null
        ? List.of()
        : Stream.of(produces.value()).map(type -> type.replaceAll("\\s*;.*", "")).toList();
  }

  private final class Check implements ContainerRequestFilter {
    private final List<String> written;

    Check(List<String> written) {
      this.written = written;
    }

    @Override
    public void filter(ContainerRequestContext context) {
      SingleHeaders.require(request, SingleHeaders.OF_A_REQUEST);
      Accept accept = accept();
      if (!written.isEmpty()
          && !written.contains("*/*")
          && written.stream().noneMatch(accept::takes)) {
        throw HttpProblem.of(406);
      }
    }

    private Accept accept() {
      try {
        return Accept.of(Collections.list(request.getHeaders(HttpHeaders.ACCEPT)));
      } catch (IllegalArgumentException e) {
        throw InvalidInputException.of(HttpHeaders.ACCEPT, e.getMessage());
      }
    }
  }
}
