package io.quickscale.cli.source;

import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.FieldDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.MethodCallExpr;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How a run behaves when others are slow, and when others run at the same time. */
final class ExecutionCheck implements Check {
  private static final Set<String> INJECTIONS =
      Set.of("Inject", "EJB", "Resource", "PersistenceContext", "PersistenceUnit");

  @Override
  public void check(ServiceSource service, Findings findings) {
    checkTimeout(service, findings);
    checkTransactions(service, findings);
    checkState(service, findings);
    checkHttp(service, findings);
  }

  private static void checkTimeout(ServiceSource service, Findings findings) {
    service
        .executeService()
        .filter(method -> !method.isAnnotationPresent("Timeout"))
        .filter(method -> service.type().isAncestorOf(method))
        .ifPresent(
            method ->
                findings.warning(
                    "QS120",
                    method.getName(),
                    "executeService has no timeout: a run that hangs holds its credits and a"
                        + " thread",
                    "Annotate it with @Timeout(milliseconds)"));
  }

  private static void checkTransactions(ServiceSource service, Findings findings) {
    for (MethodDeclaration method : inTransactions(service)) {
      method.findAll(MethodCallExpr.class).stream()
          .filter(call -> BlockingCalls.isBlocking(call, service.file()))
          .forEach(
              call ->
                  findings.error(
                      "QS121",
                      call,
                      "%s waits inside a transaction, which holds a database connection and row locks"
                          .formatted(shortened(call)),
                      "Call it before or after: put @Transactional on a bean of its own that does"
                          + " the database work alone"));
    }
  }

  private static String shortened(MethodCallExpr call) {
    String scope = call.getScope().map(found -> found.toString()).orElse("");
    return scope.isEmpty() || scope.length() > 30 || scope.contains("\n")
        ? call.getNameAsString() + "(…)"
        : scope + "." + call.getNameAsString() + "(…)";
  }

  /** The methods that run in a transaction, and those of the class that they call. */
  private static Set<MethodDeclaration> inTransactions(ServiceSource service) {
    List<MethodDeclaration> methods = service.type().getMethods();
    boolean all = service.type().isAnnotationPresent("Transactional");
    Set<MethodDeclaration> found = new LinkedHashSet<>();
    Deque<MethodDeclaration> open = new ArrayDeque<>();
    methods.stream()
        .filter(method -> all || method.isAnnotationPresent("Transactional"))
        .forEach(open::add);
    while (!open.isEmpty()) {
      MethodDeclaration method = open.remove();
      if (found.add(method)) {
        method.findAll(MethodCallExpr.class).stream()
            .filter(ExecutionCheck::isOnThis)
            .flatMap(call -> methods.stream().filter(m -> m.getName().equals(call.getName())))
            .forEach(open::add);
      }
    }
    return found;
  }

  private static boolean isOnThis(MethodCallExpr call) {
    return call.getScope().isEmpty() || call.getScope().get().isThisExpr();
  }

  private static void checkState(ServiceSource service, Findings findings) {
    service.type().getFields().stream()
        .filter(field -> !field.isFinal())
        .filter(field -> !Nodes.hasAnyAnnotation(field, INJECTIONS))
        .filter(field -> isAssignedOutsideOfStart(field, service))
        .forEach(
            field ->
                findings.warning(
                    "QS122",
                    field,
                    "the field '%s' is shared by all runs at once".formatted(name(field)),
                    "Keep what belongs to one run in local variables; make the field final"
                        + " otherwise"));
  }

  private static String name(FieldDeclaration field) {
    return field.getVariable(0).getNameAsString();
  }

  /** A field that is filled once, when the bean is made, is no state of a run. */
  private static boolean isAssignedOutsideOfStart(FieldDeclaration field, ServiceSource service) {
    Optional<ClassOrInterfaceDeclaration> type = service.type().toClassOrInterfaceDeclaration();
    return type.stream()
        .flatMap(found -> found.getMethods().stream())
        .filter(method -> method.getAnnotationByName("PostConstruct").isEmpty())
        .anyMatch(method -> Assignments.in(method).contains(name(field)));
  }

  private static void checkHttp(ServiceSource service, Findings findings) {
    List<MethodCallExpr> calls = service.type().findAll(MethodCallExpr.class);
    boolean hasTimeout = calls.stream().anyMatch(call -> call.getNameAsString().equals("timeout"));
    calls.stream()
        .filter(call -> isFactory(call, "HttpRequest", "newBuilder"))
        .filter(call -> !hasTimeout)
        .forEach(
            call ->
                findings.warning(
                    "QS123",
                    call,
                    "the HTTP request has no timeout: @Timeout interrupts, but does not close, what"
                        + " hangs",
                    "Add .timeout(Duration.ofSeconds(…)) to the request"));
    calls.stream()
        .filter(
            call ->
                isFactory(call, "HttpClient", "newHttpClient")
                    || isFactory(call, "HttpClient", "newBuilder"))
        .filter(Nodes::isInMethod)
        .forEach(
            call ->
                findings.suggestion(
                    "QS124",
                    call,
                    "a client is made for each call, with threads and connections of its own",
                    "Make it once, in a final field: it is safe for all runs and keeps connections"
                        + " open"));
  }

  private static boolean isFactory(MethodCallExpr call, String type, String method) {
    return call.getNameAsString().equals(method)
        && call.getScope().filter(scope -> scope.toString().equals(type)).isPresent();
  }
}
