package io.quickscale.cli.source;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.MethodDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.expr.AnnotationExpr;
import com.github.javaparser.ast.expr.Expression;
import com.github.javaparser.ast.expr.NormalAnnotationExpr;
import com.github.javaparser.ast.nodeTypes.NodeWithAnnotations;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Questions to the syntax tree that several checks ask. */
final class Nodes {
  private Nodes() {}

  /** The line where a declaration's own words begin, after its Javadoc. */
  static int line(Node node) {
    return node.getBegin().map(position -> position.line).orElse(1);
  }

  static boolean isInMethod(Node node) {
    return Stream.<Node>iterate(
            node, found -> found != null, found -> found.getParentNode().orElse(null))
        .anyMatch(MethodDeclaration.class::isInstance);
  }

  static boolean hasAnyAnnotation(NodeWithAnnotations<?> node, Collection<String> names) {
    return node.getAnnotations().stream()
        .anyMatch(annotation -> names.contains(annotation.getName().getIdentifier()));
  }

  /** A member of an annotation as it is written; empty if it is left out. */
  static Optional<Expression> member(AnnotationExpr annotation, String name) {
    if (annotation instanceof NormalAnnotationExpr normal) {
      return normal.getPairs().stream()
          .filter(pair -> pair.getNameAsString().equals(name))
          .map(pair -> pair.getValue())
          .findFirst();
    }
    return annotation
        .toSingleMemberAnnotationExpr()
        .filter(single -> name.equals("value"))
        .map(single -> single.getMemberValue());
  }

  /** The type and those declared in it, at any depth. */
  static Stream<TypeDeclaration<?>> withNested(TypeDeclaration<?> type) {
    Stream<TypeDeclaration<?>> nested =
        type.getMembers().stream()
            .filter(member -> member.isTypeDeclaration())
            .flatMap(member -> withNested((TypeDeclaration<?>) member));
    return Stream.concat(Stream.of(type), nested);
  }

  static List<TypeDeclaration<?>> types(CompilationUnit unit) {
    return unit.getTypes().stream().flatMap(Nodes::withNested).toList();
  }
}
