package io.quickscale.cli.source;

import com.github.javaparser.ast.body.ClassOrInterfaceDeclaration;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.NormalAnnotationExpr;
import com.github.javaparser.ast.expr.SingleMemberAnnotationExpr;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.Type;
import com.github.javaparser.ast.type.TypeParameter;
import io.quickscale.faulttolerance.AnnotationMembers;
import io.quickscale.faulttolerance.AnnotationRules;
import io.quickscale.faulttolerance.FallbackRules;
import io.quickscale.faulttolerance.MethodShape;
import io.quickscale.faulttolerance.Mistake;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The deployment's rules for Fault Tolerance annotations, asked about sources. */
final class FaultToleranceCheck implements Check {
  private static final String FALLBACK = "Fallback";
  private static final String HANDLER = "FallbackHandler";

  @Override
  public void check(ServiceSource service, Findings findings) {
    for (MethodDeclaration method : methods(service).toList()) {
      for (AnnotationExpr annotation : method.getAnnotations()) {
        AnnotationRules.mistakes(members(service, annotation))
            .forEach(found -> error("QS016", service, annotation, found, findings));
      }
      method
          .getAnnotationByName(FALLBACK)
          .ifPresent(
              annotation ->
                  fallback(service, method, annotation)
                      .ifPresent(found -> error("QS017", service, annotation, found, findings)));
    }
  }

  /** At the annotation, or at the class if the annotation is in another file. */
  private static void error(
      String code,
      ServiceSource service,
      AnnotationExpr annotation,
      Mistake found,
      Findings findings) {
    boolean isHere = service.file().unit().isAncestorOf(annotation);
    findings.error(
        code, isHere ? annotation : service.type().getName(), found.what(), found.remedy());
  }

  private static AnnotationMembers members(ServiceSource service, AnnotationExpr annotation) {
    Map<String, Optional<Object>> given = new HashMap<>();
    if (annotation instanceof NormalAnnotationExpr normal) {
      normal
          .getPairs()
          .forEach(pair -> given.put(pair.getNameAsString(), value(service, pair.getValue())));
    } else if (annotation instanceof SingleMemberAnnotationExpr single) {
      given.put("value", value(service, single.getMemberValue()));
    }
    return new AnnotationMembers(annotation.getName().getIdentifier(), given);
  }

  private static Optional<Object> value(ServiceSource service, Expression member) {
    return new Constants(service.project())
        .number(member)
        .<Object>map(number -> number)
        .or(() -> unit(member).map(ChronoUnit::name));
  }

  private static Optional<ChronoUnit> unit(Expression member) {
    String written = member.toString();
    String name = written.substring(written.lastIndexOf('.') + 1);
    return Stream.of(ChronoUnit.values()).filter(unit -> unit.name().equals(name)).findFirst();
  }

  private static Optional<Mistake> fallback(
      ServiceSource service, MethodDeclaration method, AnnotationExpr annotation) {
    Optional<Expression> name = Nodes.member(annotation, "fallbackMethod");
    Optional<String> text = name.flatMap(new Constants(service.project())::text);
    if (name.isPresent() && text.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> handler =
        Nodes.member(annotation, "value").map(value -> handlerResult(service, value));
    List<MethodShape> methods = methods(service).map(FaultToleranceCheck::shape).toList();
    boolean isKnown = handler.isPresent() || isWholeClassKnown(service);
    return isKnown
        ? FallbackRules.mistake(shape(method), text.orElse(""), handler, methods)
        : Optional.empty();
  }

  /** Whether there is nothing from libraries in which a fallback could be. */
  private static boolean isWholeClassKnown(ServiceSource service) {
    return service.extendsBase()
        && service.hierarchy().stream().allMatch(level -> level.getImplementedTypes().isEmpty());
  }

  private static String handlerResult(ServiceSource service, Expression value) {
    return Optional.of(value)
        .filter(Expression::isClassExpr)
        .map(found -> found.asClassExpr().getType())
        .flatMap(Type::toClassOrInterfaceType)
        .flatMap(type -> service.project().declaration(type, service.file()))
        .flatMap(found -> found.toClassOrInterfaceDeclaration())
        .flatMap(FaultToleranceCheck::handledType)
        .orElse(MethodShape.ANY);
  }

  private static Optional<String> handledType(ClassOrInterfaceDeclaration handler) {
    return handler.getImplementedTypes().stream()
        .filter(type -> type.getNameAsString().equals(HANDLER))
        .flatMap(type -> type.getTypeArguments().stream())
        .flatMap(arguments -> arguments.stream())
        .findFirst()
        .map(type -> written(type, handler.getTypeParameters()));
  }

  private static Stream<MethodDeclaration> methods(ServiceSource service) {
    return service.hierarchy().stream()
        .flatMap(level -> level.getMethods().stream())
        .filter(method -> !method.isPrivate() || service.type().getMembers().contains(method));
  }

  private static MethodShape shape(MethodDeclaration method) {
    List<TypeParameter> variables =
        Stream.concat(
                method.getTypeParameters().stream(),
                method.getParentNode().stream()
                    .filter(ClassOrInterfaceDeclaration.class::isInstance)
                    .map(ClassOrInterfaceDeclaration.class::cast)
                    .flatMap(type -> type.getTypeParameters().stream()))
            .toList();
    return new MethodShape(
        method.getNameAsString(),
        method.getParameters().stream()
            .map(parameter -> written(parameter.getType(), variables))
            .toList(),
        written(method.getType(), variables));
  }

  /** Without packages, annotations and spaces; any type if there is a variable in it. */
  private static String written(Type type, List<TypeParameter> variables) {
    boolean isOpen =
        type.findAll(ClassOrInterfaceType.class).stream()
            .map(ClassOrInterfaceType::getNameAsString)
            .anyMatch(name -> isVariable(name, variables));
    return isOpen
        ? MethodShape.ANY
        : type.toString()
            .replaceAll("@\\w+(\\([^)]*\\))?", "")
            .replaceAll("\\s", "")
            .replaceAll("(\\w+\\.)+(?=\\w)", "");
  }

  private static boolean isVariable(String name, List<TypeParameter> variables) {
    return variables.stream().anyMatch(found -> found.getNameAsString().equals(name));
  }
}
