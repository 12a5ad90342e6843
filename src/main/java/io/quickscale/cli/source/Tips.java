package io.quickscale.cli.source;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.stmt.ForEachStmt;
import com.github.javaparser.ast.stmt.ForStmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Advice that fits a service, beside its mistakes. */
final class Tips {
  private final ServiceSource service;
  private final String name;
  private final List<String> tips = new ArrayList<>();

  Tips(ServiceSource service) {
    this.service = service;
    this.name = service.name().orElse(service.className());
  }

  List<String> all() {
    DependencyCheck.libraries(service)
        .forEach(
            (library, dependency) ->
                tip("uses %s, which %s of pom.xml brings".formatted(library, dependency)));
    if (BlockingCalls.callsNetwork(service.file())) {
      adviseOnNetwork();
    }
    if (loops() && !calls("progress")) {
      tip("context.progress(done, total) tells those who wait for a background job how far it is");
    }
    if (service.annotation().flatMap(found -> Nodes.member(found, "unitPrices")).isEmpty()
        && BlockingCalls.callsNetwork(service.file())) {
      tip(
          "unitPrices and context.meter(\"tokens\", n) charge by use, if what it calls costs by"
              + " use");
    }
    if (!throwsInvalidInput()) {
      tip(
          "throw InvalidInputException for what constraints cannot see: 400, and nothing is"
              + " charged");
    }
    tip(
        "POST /api/v1/services/%s/validate checks an input without running it or charging"
            .formatted(service.name().orElse("…")));
    return tips;
  }

  private void adviseOnNetwork() {
    if (!has("Retry")) {
      tip(
          "@Retry(maxRetries = 2, delay = 200) repeats what failed by chance: one hold, one"
              + " charge");
    }
    if (!has("CircuitBreaker")) {
      tip("@CircuitBreaker answers 503 at once, and charges nothing, while what it calls is down");
    }
    if (!has("Bulkhead")) {
      tip("@Bulkhead(10) keeps one slow service from taking all threads");
    }
    tip(
        "throw ServiceUnavailableException when what it calls is down (503),"
            + " UpstreamFailedException when it answers nonsense (502)");
    tip(
        "answers that are the same for the same input can be kept: com.github.ben-manes.caffeine"
            + " has a bound and an expiry");
  }

  private void tip(String text) {
    tips.add(name + ": " + text);
  }

  private boolean has(String annotation) {
    return service
        .executeService()
        .filter(method -> Nodes.hasAnyAnnotation(method, Set.of(annotation)))
        .isPresent();
  }

  private boolean loops() {
    return service.executeService().filter(method -> isLooping(method)).isPresent();
  }

  private static boolean isLooping(MethodDeclaration method) {
    return method.findFirst(ForEachStmt.class).isPresent()
        || method.findFirst(ForStmt.class).isPresent();
  }

  private boolean calls(String method) {
    return service.type().findAll(MethodCallExpr.class).stream()
        .anyMatch(call -> call.getNameAsString().equals(method));
  }

  private boolean throwsInvalidInput() {
    return service.file().imports().anyMatch(found -> found.endsWith(".InvalidInputException"));
  }
}
