package io.quickscale.console;

import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import jakarta.ejb.EJB;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The first page: what this is, what runs here at which price, how to run it, where to go next. */
@WebServlet("")
public class HomeServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @EJB private transient Registry registry;

  private transient PageTemplate page;
  private transient PageTemplate service;
  private transient PageTemplate unavailable;
  private transient PageTemplate health;
  private transient ExampleInputs examples;

  @Override
  public void init() throws ServletException {
    try {
      page = template("home.html");
      service = template("service.html");
      unavailable = template("unavailable.html");
      health = template(hasHealthOnItsPort() ? "health.html" : "health-elsewhere.html");
      examples = new ExampleInputs(getServletContext());
    } catch (IOException e) {
      throw new ServletException("a page of the application cannot be read", e);
    }
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String origin = Origin.of(request);
    List<RegisteredService> services =
        registry.all().stream().sorted(Comparator.comparing(RegisteredService::name)).toList();
    StringBuilder cards = new StringBuilder();
    for (RegisteredService one : services) {
      cards.append(card(one, origin));
    }
    PageAnswer.send(
        response,
        page.with(
            Map.of(
                "origin", origin,
                "count", count(services),
                "services", cards.toString(),
                "health", health.with(Map.of()))));
  }

  private String card(RegisteredService one, String origin) throws IOException {
    if (one.unavailableReason().isPresent()) {
      return unavailable.with(
          Map.of("name", one.name(), "reason", one.unavailableReason().orElseThrow()));
    }
    String input = examples.of(one.name(), one.inputSchema().orElseThrow());
    return service.with(
        Map.of(
            "name", one.name(),
            "description", one.settings().description(),
            "category", one.settings().category(),
            "price", PriceText.of(one.price()),
            "line", RunLine.of(origin, one.name(), input)));
  }

  private static String count(List<RegisteredService> services) {
    long available = services.stream().filter(s -> s.unavailableReason().isEmpty()).count();
    return available == 1 ? "1 service runs here" : available + " services run here";
  }

  /** WildFly has it on its management port. */
  private boolean hasHealthOnItsPort() {
    return !getServletContext().getServerInfo().toLowerCase(Locale.ROOT).contains("wildfly");
  }

  private PageTemplate template(String name) throws IOException {
    return PageTemplate.read(getServletContext(), name);
  }
}
