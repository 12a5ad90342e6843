package io.quickscale.cli.source;

import com.github.javaparser.JavaParser;
import com.github.javaparser.ParseResult;
import com.github.javaparser.ParserConfiguration;
import com.github.javaparser.ParserConfiguration.LanguageLevel;
import com.github.javaparser.Problem;
import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.ImportDeclaration;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One parsed source. */
final class JavaFile {
  private final Path path;
  private final CompilationUnit unit;
  private final List<Finding> syntaxErrors;

  private JavaFile(Path path, CompilationUnit unit, List<Finding> syntaxErrors) {
    this.path = path;
    this.unit = unit;
    this.syntaxErrors = syntaxErrors;
  }

  static JavaFile parse(Path path) {
    var configuration = new ParserConfiguration().setLanguageLevel(LanguageLevel.JAVA_21);
    try {
      ParseResult<CompilationUnit> result = new JavaParser(configuration).parse(path);
      List<Finding> errors =
          result.getProblems().stream().map(problem -> syntaxError(path, problem)).toList();
      return new JavaFile(path, result.getResult().orElseGet(CompilationUnit::new), errors);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  private static Finding syntaxError(Path path, Problem problem) {
    int line =
        problem
            .getLocation()
            .flatMap(location -> location.getBegin().getRange())
            .map(range -> range.begin.line)
            .orElse(1);
    String message = problem.getMessage().lines().findFirst().orElse("Parse error.");
    return new Finding(
        path, line, Severity.ERROR, "QS100", message, "Mend the syntax; nothing else was checked.");
  }

  Path path() {
    return path;
  }

  CompilationUnit unit() {
    return unit;
  }

  /** What keeps the file from being Java; empty if it is. */
  List<Finding> syntaxErrors() {
    return syntaxErrors;
  }

  String packageName() {
    return unit.getPackageDeclaration().map(found -> found.getNameAsString()).orElse("");
  }

  List<TypeDeclaration<?>> types() {
    return Nodes.types(unit);
  }

  Optional<TypeDeclaration<?>> type(String simpleName) {
    return types().stream().filter(type -> type.getNameAsString().equals(simpleName)).findFirst();
  }

  /** The names of its imports, those of static ones without the member. */
  Stream<String> imports() {
    return unit.getImports().stream()
        .map(
            found ->
                found.isStatic() && !found.isAsterisk()
                    ? found.getName().getQualifier().orElseThrow().asString()
                    : found.getNameAsString());
  }

  Optional<ImportDeclaration> importOf(String simpleName) {
    return unit.getImports().stream()
        .filter(found -> !found.isAsterisk() && !found.isStatic())
        .filter(found -> found.getName().getIdentifier().equals(simpleName))
        .findFirst();
  }

  /** The type that a static import takes a member from. */
  Optional<String> staticImportOf(String member) {
    return unit.getImports().stream()
        .filter(found -> found.isStatic() && !found.isAsterisk())
        .filter(found -> found.getName().getIdentifier().equals(member))
        .map(found -> found.getName().getQualifier().orElseThrow().asString())
        .findFirst();
  }

  /** The class of the JDK that a type of this file is; empty if it is none. */
  Optional<Class<?>> typeOfJdk(ClassOrInterfaceType type) {
    String name = type.getNameWithScope();
    Stream<String> imported =
        unit.getImports().stream()
            .filter(found -> !found.isStatic())
            .flatMap(
                found ->
                    found.isAsterisk()
                        ? Stream.of(found.getNameAsString() + "." + name)
                        : importedAs(found, name));
    return Stream.of(imported, Stream.of("java.lang." + name, name))
        .flatMap(found -> found)
        .filter(found -> found.startsWith("java.") || found.startsWith("javax."))
        .map(JavaFile::load)
        .flatMap(Optional::stream)
        .findFirst();
  }

  private static Stream<String> importedAs(ImportDeclaration found, String name) {
    return found.getName().getIdentifier().equals(name)
        ? Stream.of(found.getNameAsString())
        : Stream.of();
  }

  private static Optional<Class<?>> load(String name) {
    try {
      return Optional.of(Class.forName(name, false, ClassLoader.getPlatformClassLoader()));
    } catch (ClassNotFoundException e) {
      return Optional.empty();
    }
  }

  boolean importsFrom(String packageName) {
    return imports().anyMatch(name -> name.startsWith(packageName + "."));
  }
}
