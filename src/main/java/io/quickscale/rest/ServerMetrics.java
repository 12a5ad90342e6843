package io.quickscale.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * What the server publishes by itself: a server with MicroProfile Metrics puts a servlet for it
 * into the application, below {@code /metrics}, where ours goes before it.
 */
@ApplicationScoped
class ServerMetrics {
  private static final Logger LOG = Logger.getLogger(ServerMetrics.class.getName());
  private static final String MAPPING = MetricsServlet.PATH + "/*";

  /**
   * The server's metrics in Prometheus' text format; nothing where it has none, does not give them,
   * or fails: the application's own must be there whatever happens to it.
   */
  String exposition(HttpServletRequest request, HttpServletResponse response) {
    ServletContext context = request.getServletContext();
    return context.getServletRegistrations().values().stream()
        .filter(servlet -> servlet.getMappings().contains(MAPPING))
        .findFirst()
        .map(ServletRegistration::getName)
        .map(context::getNamedDispatcher)
        .map(servlet -> ask(servlet, request, response))
        .orElse("");
  }

  private static String ask(
      RequestDispatcher servlet, HttpServletRequest request, HttpServletResponse response) {
    Captured captured = new Captured(response);
    try {
      servlet.include(new Plain(request), captured);
      return captured.text();
    } catch (ServletException | IOException | RuntimeException e) {
      LOG.log(Level.WARNING, "The server's own metrics cannot be read; the page has ours alone", e);
      return "";
    }
  }

  /** Asks for all of it, as text. */
  private static final class Plain extends HttpServletRequestWrapper {
    private Plain(HttpServletRequest request) {
      super(request);
    }

    @Override
    public String getMethod() {
      return "GET";
    }

    @Override
    public String getHeader(String name) {
      return "Accept".equalsIgnoreCase(name) ? "text/plain" : super.getHeader(name);
    }

    @Override
    public String getParameter(String name) {
      return null;
    }
  }

  /** Takes what is written, and keeps everything else from the answer. */
  private static final class Captured extends HttpServletResponseWrapper {
    private final StringWriter written = new StringWriter();
    private final PrintWriter writer = new PrintWriter(written);
    private boolean failed;

    private Captured(HttpServletResponse response) {
      super(response);
    }

    private String text() {
      writer.flush();
      return failed ? "" : written.toString();
    }

    @Override
    public PrintWriter getWriter() {
      return writer;
    }

    @Override
    public void flushBuffer() {
      writer.flush();
    }

    @Override
    public void setContentType(String type) {
      // The page has its own.
    }

    @Override
    public void setCharacterEncoding(String encoding) {
      // As above.
    }

    @Override
    public void sendError(int status) {
      failed = true;
    }

    @Override
    public void sendError(int status, String message) {
      failed = true;
    }
  }
}
