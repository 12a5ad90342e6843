package io.quickscale.rest;

import io.quickscale.json.JsonCodec;
import io.quickscale.service.InvalidInputException;
import io.quickscale.web.ProblemAnswers;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;

/**
 * The OpenAPI document, as YAML or JSON. It takes the place of the server's own endpoint: Payara's
 * adds a member {@code endpoints}, which client generators refuse, and loses empty lists, such as
 * the {@code security: []} of what is open to anybody. A browser is shown the way to the viewer.
 */
@WebServlet({"/openapi", "/openapi/"})
public class OpenApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String BY_HAND = "/WEB-INF/classes/META-INF/openapi.yaml";
  private static final String VIEWER = "/api-docs";
  private static final String JSON = "application/json";

  private static final Set<String> FORMATS = Set.of("json", "yaml");

  @Inject transient ProblemAnswers answers;
  @Inject transient JsonCodec codec;

  private transient byte[] yaml;
  private transient byte[] json;

  @Override
  public void init() throws ServletException {
    try (InputStream in = getServletContext().getResourceAsStream(BY_HAND)) {
      OpenApiDocument document = new OpenApiDocument(in, codec);
      yaml = document.asYaml();
      json = document.asJson();
    } catch (IOException e) {
      throw new ServletException(BY_HAND + " cannot be read", e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String[] formats = request.getParameterValues("format");
    if (formats != null && !(formats.length == 1 && FORMATS.contains(lowerCase(formats[0])))) {
      answers
          .to(request, InvalidInputException.of("format", "must be json or yaml, once"))
          .send(request, response);
      return;
    }
    response.setHeader("Vary", "Accept");
    if (wantsPage(request)) {
      response.setStatus(HttpServletResponse.SC_SEE_OTHER);
      response.setHeader("Location", request.getContextPath() + VIEWER);
      return;
    }
    boolean asJson = wantsJson(request);
    byte[] document = asJson ? json : yaml;
    response.setContentType(asJson ? JSON : "application/yaml");
    response.setContentLength(document.length);
    response.getOutputStream().write(document);
  }

  /** Browsers ask for HTML before anything else; programs that take HTML too do not. */
  private static boolean wantsPage(HttpServletRequest request) {
    return request.getParameter("format") == null && accepted(request).startsWith("text/html");
  }

  /** {@code format} decides as in MicroProfile OpenAPI; without it JSON must be asked for. */
  private static boolean wantsJson(HttpServletRequest request) {
    String format = request.getParameter("format");
    if (format != null) {
      return format.equalsIgnoreCase("json");
    }
    String accepted = accepted(request);
    return accepted.contains(JSON) && !accepted.contains("yaml");
  }

  private static String accepted(HttpServletRequest request) {
    return String.join(",", Collections.list(request.getHeaders("Accept")))
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  private static String lowerCase(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
