package io.quickscale.cli.source;

import com.github.javaparser.ast.comments.Comment;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.MethodCallExpr;
import com.github.javaparser.ast.expr.NameExpr;
import com.github.javaparser.ast.stmt.CatchClause;
import com.github.javaparser.ast.stmt.ThrowStmt;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Habits that hide trouble from those who operate the service, or from its callers. */
final class HygieneCheck implements Check {
  private static final Pattern UNFINISHED = Pattern.compile("\\b(TODO|FIXME|XXX)\\b");
  private static final Set<String> ABOUT_ARGUMENTS =
      Set.of("IllegalArgumentException", "NullPointerException");

  @Override
  public void check(ServiceSource service, Findings findings) {
    checkPrinting(service, findings);
    checkCatches(service, findings);
    checkUnfinished(service, findings);
    checkThrows(service, findings);
    checkEnvironment(service, findings);
    checkTests(service, findings);
  }

  private static void checkPrinting(ServiceSource service, Findings findings) {
    service.type().findAll(FieldAccessExpr.class).stream()
        .filter(found -> Set.of("System.out", "System.err").contains(found.toString()))
        .forEach(
            found ->
                findings.warning(
                    "QS131",
                    found,
                    found
                        + " is printed to: without level, class or run, and no operator can switch"
                        + " it off",
                    "Log instead: private static final Logger LOG ="
                        + " Logger.getLogger(….class.getName()), with the correlation id of the"
                        + " run"));
    service.type().findAll(MethodCallExpr.class).stream()
        .filter(call -> call.getNameAsString().equals("printStackTrace"))
        .forEach(
            call ->
                findings.warning(
                    "QS131",
                    call,
                    "a stack trace is printed",
                    "Let the exception go, which logs it under the usage id, or log it with"
                        + " LOG.log(Level.WARNING, …, exception)"));
  }

  private static void checkCatches(ServiceSource service, Findings findings) {
    service.type().findAll(CatchClause.class).stream()
        .filter(HygieneCheck::isSwallowed)
        .forEach(
            clause ->
                findings.warning(
                    "QS132",
                    clause,
                    "%s is caught and swallowed".formatted(clause.getParameter().getType()),
                    "Log it, use it, or throw: UpstreamFailedException or"
                        + " ServiceUnavailableException for what is outside, with it as the cause."
                        + " Name it 'ignored' and say why if it really means nothing"));
  }

  private static boolean isSwallowed(CatchClause clause) {
    String name = clause.getParameter().getNameAsString();
    boolean used =
        clause.getBody().findAll(NameExpr.class).stream()
            .anyMatch(found -> found.getNameAsString().equals(name));
    boolean rethrown = clause.getBody().findFirst(ThrowStmt.class).isPresent();
    boolean interrupted =
        clause.getBody().findAll(MethodCallExpr.class).stream()
            .anyMatch(call -> call.getNameAsString().equals("interrupt"));
    boolean explained = name.equals("ignored") && !clause.getAllContainedComments().isEmpty();
    return !used && !rethrown && !interrupted && !explained;
  }

  private static void checkUnfinished(ServiceSource service, Findings findings) {
    List<Comment> comments = service.file().unit().getAllComments();
    for (Comment comment : comments) {
      Matcher matcher = UNFINISHED.matcher(comment.getContent());
      if (matcher.find()) {
        findings.warning(
            "QS133",
            comment,
            "a comment says %s".formatted(matcher.group()),
            "Do it, or move it to your issue tracker");
      }
    }
  }

  private static void checkThrows(ServiceSource service, Findings findings) {
    service.type().findAll(ThrowStmt.class).stream()
        .filter(
            found ->
                found
                    .getExpression()
                    .toObjectCreationExpr()
                    .filter(made -> ABOUT_ARGUMENTS.contains(made.getType().getNameAsString()))
                    .isPresent())
        .filter(Nodes::isInMethod)
        .forEach(
            found ->
                findings.suggestion(
                    "QS134",
                    found,
                    "a caller's mistake would be answered as a failure of the service (500)",
                    "Throw InvalidInputException.of(\"field\", \"what is wrong\"): 400, nothing"
                        + " charged"));
  }

  private static void checkEnvironment(ServiceSource service, Findings findings) {
    service.type().findAll(MethodCallExpr.class).stream()
        .filter(
            call ->
                Set.of("System.getenv", "System.getProperty")
                    .contains(
                        call.getScope().map(Object::toString).orElse("")
                            + "."
                            + call.getNameAsString()))
        .forEach(
            call ->
                findings.suggestion(
                    "QS135",
                    call,
                    "the service reads the environment itself",
                    "Use context.setting(\"api-key\"): operators can change it without a"
                        + " redeployment"));
  }

  private static void checkTests(ServiceSource service, Findings findings) {
    Path tests = service.project().testSources();
    String test = service.className().replace('.', '/') + "Test.java";
    if (Files.isDirectory(tests) && !Files.exists(tests.resolve(test))) {
      findings.suggestion(
          "QS137",
          service.type().getName(),
          "there is no unit test src/test/java/" + test,
          "Write one: executeService(null, input) can be called in the same package without a"
              + " server");
    }
  }
}
