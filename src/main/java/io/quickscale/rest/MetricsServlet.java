package io.quickscale.rest;

import io.quickscale.metrics.Metrics;
import io.quickscale.metrics.MetricsPage;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * {@code /metrics}, on every server: what the application counts, and what the server itself would
 * have answered there beside it.
 */
@WebServlet(urlPatterns = MetricsServlet.PATH)
public class MetricsServlet extends HttpServlet {
  static final String PATH = "/metrics";
  private static final long serialVersionUID = 1;

  @Inject transient Metrics metrics;
  @Inject transient ServerMetrics server;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    MetricsPage own = MetricsPage.of(metrics.exposition());
    MetricsPage page = own.with(MetricsPage.of(server.exposition(request, response)));
    response.setContentType("text/plain; version=0.0.4; charset=utf-8");
    response.getWriter().write(page.toString());
  }
}
