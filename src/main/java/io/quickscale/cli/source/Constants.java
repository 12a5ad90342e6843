package io.quickscale.cli.source;

import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.BinaryExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.FieldAccessExpr;
import com.github.javaparser.ast.expr.LiteralExpr;
import com.github.javaparser.ast.expr.UnaryExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
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
    return value(expression, 0).filter(String.class::isInstance).map(String.class::cast);
  }

  /** A whole number is a {@link Long}, any other a {@link Double}. */
  Optional<Number> number(Expression expression) {
    return value(expression, 0).filter(Number.class::isInstance).map(Number.class::cast);
  }

  private Optional<Object> value(Expression expression, int depth) {
    if (depth > MAX_DEPTH) {
      return Optional.empty();
    } else if (expression.isLiteralExpr()) {
      return literal(expression.asLiteralExpr());
    } else if (expression.isEnclosedExpr()) {
      return value(expression.asEnclosedExpr().getInner(), depth + 1);
    } else if (expression.isNameExpr()) {
      return named(expression, expression.asNameExpr().getNameAsString(), depth);
    } else if (expression instanceof FieldAccessExpr access) {
      return memberOf(access, depth);
    } else if (expression instanceof UnaryExpr signed
        && signed.getOperator() == UnaryExpr.Operator.MINUS) {
      return value(signed.getExpression(), depth + 1)
          .flatMap(value -> computed(BinaryExpr.Operator.MINUS, 0L, value));
    } else if (expression instanceof BinaryExpr computed) {
      return value(computed.getLeft(), depth + 1)
          .flatMap(
              left ->
                  value(computed.getRight(), depth + 1)
                      .flatMap(right -> computed(computed.getOperator(), left, right)));
    }
    return Optional.empty();
  }

  private static Optional<Object> literal(LiteralExpr literal) {
    if (literal.isStringLiteralExpr()) {
      return Optional.of(literal.asStringLiteralExpr().asString());
    } else if (literal.isTextBlockLiteralExpr()) {
      return Optional.of(literal.asTextBlockLiteralExpr().translateEscapes());
    } else if (literal.isIntegerLiteralExpr()) {
      return Optional.of(literal.asIntegerLiteralExpr().asNumber().longValue());
    } else if (literal.isLongLiteralExpr()) {
      return Optional.of(literal.asLongLiteralExpr().asNumber().longValue());
    } else if (literal.isDoubleLiteralExpr()) {
      return Optional.of(literal.asDoubleLiteralExpr().asDouble());
    }
    return Optional.empty();
  }

  private static Optional<Object> computed(
      BinaryExpr.Operator operator, Object left, Object right) {
    if (operator == BinaryExpr.Operator.PLUS
        && (left instanceof String || right instanceof String)) {
      return Optional.of("" + left + right);
    } else if (left instanceof Long one && right instanceof Long other) {
      return whole(operator, one, other);
    } else if (left instanceof Number one && right instanceof Number other) {
      return broken(operator, one.doubleValue(), other.doubleValue());
    }
    return Optional.empty();
  }

  private static Optional<Object> whole(BinaryExpr.Operator operator, long one, long other) {
    return switch (operator) {
      case PLUS -> Optional.of(one + other);
      case MINUS -> Optional.of(one - other);
      case MULTIPLY -> Optional.of(one * other);
      default -> Optional.empty();
    };
  }

  private static Optional<Object> broken(BinaryExpr.Operator operator, double one, double other) {
    return switch (operator) {
      case PLUS -> Optional.of(one + other);
      case MINUS -> Optional.of(one - other);
      case MULTIPLY -> Optional.of(one * other);
      case DIVIDE -> Optional.of(one / other);
      default -> Optional.empty();
    };
  }

  /** Of this file, or imported. */
  private Optional<Object> named(Expression from, String name, int depth) {
    JavaFile file = project.fileOf(from);
    return initializer(file.types().stream(), name)
        .or(
            () ->
                file.staticImportOf(name)
                    .flatMap(project::declaration)
                    .flatMap(type -> initializer(Stream.of(type), name)))
        .flatMap(value -> value(value, depth + 1));
  }

  private Optional<Object> memberOf(FieldAccessExpr access, int depth) {
    String scope = access.getScope().toString();
    ClassOrInterfaceType type =
        new ClassOrInterfaceType(null, scope.substring(scope.lastIndexOf('.') + 1));
    JavaFile file = project.fileOf(access);
    String name = access.getNameAsString();
    return project
        .declaration(type, file)
        .flatMap(found -> initializer(Stream.of(found), name))
        .flatMap(value -> value(value, depth + 1))
        .or(() -> file.typeOfJdk(type).flatMap(found -> constant(found, name)));
  }

  private static Optional<Object> constant(Class<?> type, String name) {
    try {
      Field field = type.getField(name);
      return Modifier.isStatic(field.getModifiers())
          ? Optional.of(widened(field.get(null)))
          : Optional.empty();
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  private static Object widened(Object value) {
    return value instanceof Integer whole ? Long.valueOf(whole) : value;
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
