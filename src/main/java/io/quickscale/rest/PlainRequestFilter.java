package io.quickscale.rest;

import io.quickscale.web.PercentEncoding;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;

/**
 * Shows the server's JAX-RS a request that it has nothing against. Left to itself it would refuse a
 * media type or a query before it is known who calls, each server in its own way, and repeat
 * parameters of Accept in the answer. What was really sent is seen by whoever has the request
 * injected: {@link MediaTypeControl}, {@link BodyControl} and {@link QueryControl} refuse it.
 */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class PlainRequestFilter extends HttpFilter {
  private static final long serialVersionUID = 1;
  private static final String ACCEPT = "Accept";
  private static final String CONTENT_TYPE = "Content-Type";

  /** What resources write, for {@code *} in Accept to have a meaning. */
  static final List<String> WRITTEN =
      List.of("application/json", "text/csv", "application/x-ndjson", "text/event-stream");

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    chain.doFilter(new PlainRequest(request), response);
  }

  private static final class PlainRequest extends HttpServletRequestWrapper {
    private final String accept;
    private final String query;

    private PlainRequest(HttpServletRequest request) {
      super(request);
      accept = understood(Collections.list(request.getHeaders(ACCEPT)));
      query =
          PercentEncoding.isDecodableQuery(request.getQueryString())
              ? request.getQueryString()
              : null;
    }

    private static String understood(List<String> accept) {
      try {
        return Accept.of(accept).among(WRITTEN);
      } catch (IllegalArgumentException e) {
        return "*/*";
      }
    }

    private Optional<String> replaced(String name) {
      return ACCEPT.equalsIgnoreCase(name)
          ? Optional.of(accept)
          : CONTENT_TYPE.equalsIgnoreCase(name) ? Optional.of(getContentType()) : Optional.empty();
    }

    @Override
    public String getQueryString() {
      return query;
    }

    @Override
    public String getContentType() {
      return "application/json";
    }

    @Override
    public String getHeader(String name) {
      return replaced(name).orElseGet(() -> super.getHeader(name));
    }

    @Override
    public Enumeration<String> getHeaders(String name) {
      return replaced(name)
          .map(value -> Collections.enumeration(List.of(value)))
          .orElseGet(() -> super.getHeaders(name));
    }

    @Override
    public Enumeration<String> getHeaderNames() {
      List<String> names = Collections.list(super.getHeaderNames());
      names.removeIf(name -> replaced(name).isPresent());
      names.addAll(List.of(ACCEPT, CONTENT_TYPE));
      return Collections.enumeration(names);
    }
  }
}
