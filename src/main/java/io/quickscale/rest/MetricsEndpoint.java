package io.quickscale.rest;

import io.quickscale.platform.Metrics;
import jakarta.inject.Inject;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /metrics} on a server that does not answer there by itself. */
@WebListener
public class MetricsEndpoint implements ServletContextListener {
  @Inject Metrics metrics;

  @Override
  public void contextInitialized(ServletContextEvent event) {
    if (metrics.exposition().isPresent()) {
      event.getServletContext().addServlet("metrics", new Page(metrics)).addMapping("/metrics");
    }
  }

  private static final class Page extends HttpServlet {
    private final transient Metrics metrics;

    private Page(Metrics metrics) {
      this.metrics = metrics;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("text/plain; version=0.0.4; charset=utf-8");
      response.getWriter().write(metrics.exposition().orElseThrow());
    }
  }
}
