package io.quickscale.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;

/** The OpenAPI document for readers: Swagger UI, whose files the WAR has. */
@WebServlet("/api-docs")
public class ApiViewerServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private transient String page;

  @Override
  public void init() throws ServletException {
    try {
      page = PageTemplate.read(getServletContext(), "api-docs.html").with(Map.of());
    } catch (IOException e) {
      throw new ServletException("the viewer's page cannot be read", e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    PageAnswer.send(response, page);
  }
}
