package io.quickscale.cli.source;

import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.AssignExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.UnaryExpr;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which variables a method changes. */
final class Assignments {
  private Assignments() {}

  static Set<String> in(MethodDeclaration method) {
    Stream<Expression> assigned =
        method.findAll(AssignExpr.class).stream().map(AssignExpr::getTarget);
    Stream<Expression> counted =
        method.findAll(UnaryExpr.class).stream()
            .filter(found -> found.getOperator().isPrefix() || found.getOperator().isPostfix())
            .map(UnaryExpr::getExpression);
    return Stream.concat(assigned, counted).map(Assignments::name).collect(Collectors.toSet());
  }

  private static String name(Expression target) {
    return target.isFieldAccessExpr()
        ? target.asFieldAccessExpr().getNameAsString()
        : target.toString();
  }
}
