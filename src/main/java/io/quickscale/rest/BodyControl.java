package io.quickscale.rest;

import io.quickscale.platform.EventLog;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.MalformedJsonProblem;
import io.quickscale.service.InvalidInputException;
import io.quickscale.web.CorrelationId;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.DynamicFeature;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.FeatureContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.PushbackInputStream;
import java.lang.reflect.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

/**
 * Puts a check before each resource method of whether there is a body, and of what its headers say
 * about it: it is there where a record is read from it, it is not there where nothing is read, and
 * it is JSON as it is.
 */
@Provider
public class BodyControl implements DynamicFeature {
  /** Whoever may not do this at all, or cannot be understood, is told that first. */
  private static final int PRIORITY = AccessControl.PRIORITY + 2;

  private static final Logger LOG = Logger.getLogger(BodyControl.class.getName());

  /** What clients send that mean nothing. */
  private static final Set<String> NOTHING = Set.of("", "{}", "null");

  @Inject HttpServletRequest request;
  @Inject RequestBody body;
  @Inject EventLog log;

  @Override
  public void configure(ResourceInfo resource, FeatureContext context) {
    Optional<Class<?>> type =
        Stream.of(resource.getResourceMethod().getParameters())
            .filter(BodyControl::isTheBody)
            .<Class<?>>map(Parameter::getType)
            .findAny();
    context.register(
        type.isPresent() ? new CheckBody(type.get().isRecord()) : new CheckNone(), PRIORITY);
  }

  /** What is not the body says where else it comes from. */
  private static boolean isTheBody(Parameter parameter) {
    return parameter.getAnnotations().length == 0;
  }

  private RequestStream stream(ContainerRequestContext context) {
    return new RequestStream(
        context.getEntityStream(),
        e ->
            log.log(
                LOG, Level.FINE, "body incomplete", "correlation_id", CorrelationId.of(request)));
  }

  /** Of a method that reads the body. */
  private final class CheckBody implements ContainerRequestFilter {
    private final boolean isRequired;

    CheckBody(boolean isRequired) {
      this.isRequired = isRequired;
    }

    @Override
    public void filter(ContainerRequestContext context) throws IOException {
      requireNoEncoding();
      PushbackInputStream in = new PushbackInputStream(stream(context), 1);
      context.setEntityStream(in);
      int first = in.read();
      if (first >= 0) {
        in.unread(first);
        ContentType.requireJson(request.getHeader(HttpHeaders.CONTENT_TYPE));
      } else if (isRequired) {
        throw new MalformedJsonProblem("The body is empty. Send a JSON object.");
      }
    }

    private void requireNoEncoding() {
      for (String value : Collections.list(request.getHeaders(HttpHeaders.CONTENT_ENCODING))) {
        if (!HeaderValue.split(value, ',').stream()
            .allMatch(coding -> coding.isEmpty() || coding.equalsIgnoreCase("identity"))) {
          throw HttpProblem.unsupportedMediaType(
              "Send the body as it is, without Content-Encoding.");
        }
      }
    }
  }

  /** Of a method that reads none. */
  private final class CheckNone implements ContainerRequestFilter {
    @Override
    public void filter(ContainerRequestContext context) throws IOException {
      byte[] sent = body.read(stream(context));
      if (!NOTHING.contains(new String(sent, StandardCharsets.UTF_8).trim())) {
        throw InvalidInputException.of("", "There is no body here. Send none.");
      }
    }
  }
}
