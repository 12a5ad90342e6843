package io.quickscale.web;

import io.quickscale.platform.RequestsInFlight;
import jakarta.inject.Inject;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Counts the requests of the API while they are being answered, whatever becomes of them. */
@WebFilter(urlPatterns = "/api/*", asyncSupported = true)
public class InFlightFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  @Inject transient RequestsInFlight requests;

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    requests.begin();
    try {
      chain.doFilter(request, response);
    } finally {
      if (request.isAsyncStarted()) {
        request.getAsyncContext().addListener(new AtItsEnd());
      } else {
        requests.end();
      }
    }
  }

  /** Answers that are written by other threads end later than this one's work. */
  private final class AtItsEnd implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      requests.end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      // Completion follows.
    }

    @Override
    public void onError(AsyncEvent event) {
      // Completion follows.
    }

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }
}
