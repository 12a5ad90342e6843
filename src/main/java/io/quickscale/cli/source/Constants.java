package io.quickscale.cli.source;

import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.util.Optional;
import java.util.stream.Stream;

/** What expressions are at compile time, as far as the project's sources tell. */
final class Constants {
  /** A constant that is made of others, and those of others again; more would be a circle. */
  private static final int MAX_DEPTH = 20;

  private final SourceProject project;

  Constants(SourceProject project) {
    this.project = project;
  }

  Optional<String> text(Expression expression) {
    return text(expression, 0);
  }

  private Optional<String> text(Expression expression, int depth) {
    if (depth > MAX_DEPTH) {
      return Optional.empty();
    } else if (expression.isStringLiteralExpr()) {
      return Optional.of(expression.asStringLiteralExpr().asString());
    } else if (expression.isTextBlockLiteralExpr()) {
      return Optional.of(expression.asTextBlockLiteralExpr().translateEscapes());
    } else if (expression.isEnclosedExpr()) {
      return text(expression.asEnclosedExpr().getInner(), depth + 1);
    } else if (expression.isNameExpr()) {
      return named(expression, expression.asNameExpr().getNameAsString(), depth);
    } else if (expression instanceof FieldAccessExpr access) {
      return memberOf(access, depth);
    } else if (expression instanceof BinaryExpr sum
        && sum.getOperator() == BinaryExpr.Operator.PLUS) {
      return text(sum.getLeft(), depth + 1)
          .flatMap(left -> text(sum.getRight(), depth + 1).map(right -> left + right));
    }
    return Optional.empty();
  }

  /** Of this file, or imported. */
  private Optional<String> named(Expression from, String name, int depth) {
    JavaFile file = project.fileOf(from);
    return initializer(file.types().stream(), name)
        .or(
            () ->
                file.staticImportOf(name)
                    .flatMap(project::declaration)
                    .flatMap(type -> initializer(Stream.of(type), name)))
        .flatMap(value -> text(value, depth + 1));
  }

  private Optional<String> memberOf(FieldAccessExpr access, int depth) {
    String scope = access.getScope().toString();
    ClassOrInterfaceType type =
        new ClassOrInterfaceType(null, scope.substring(scope.lastIndexOf('.') + 1));
    return project
        .declaration(type, project.fileOf(access))
        .flatMap(found -> initializer(Stream.of(found), access.getNameAsString()))
        .flatMap(value -> text(value, depth + 1));
  }

  private static Optional<Expression> initializer(Stream<TypeDeclaration<?>> types, String name) {
    return types
        .flatMap(type -> type.getFields().stream())
        .flatMap(field -> field.getVariables().stream())
        .filter(variable -> variable.getNameAsString().equals(name))
        .map(VariableDeclarator::getInitializer)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
