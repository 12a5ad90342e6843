package io.quickscale.cli.dev;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/**
 * Compiles all sources of a project in this process, where the compiler is warm: a second or two
 * for hundreds of classes. All of them, since that alone finds what a change breaks elsewhere and
 * forgets what was deleted or renamed.
 */
public final class JavaBuild {
  private final JavaCompiler compiler;
  private final Path root;
  private final List<Path> classPath;
  private final String release;

  /**
   * A build of a project.
   *
   * @param classPath jars
   * @param release the Java that is compiled for
   * @throws IllegalStateException this Java has no compiler
   */
  public JavaBuild(Path root, List<Path> classPath, String release) {
    this.compiler = ToolProvider.getSystemJavaCompiler();
    if (compiler == null) {
      throw new IllegalStateException(
          "this Java has no compiler: install a JDK 17 or later, or set JAVA_HOME to one");
    }
    this.root = root;
    this.classPath = List.copyOf(classPath);
    this.release = release;
  }

  /**
   * Compiles into an empty folder.
   *
   * @return the errors, with file and line; none if the classes are there
   */
  public List<String> compile(Set<Path> sources, Path classes) {
    DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
    StringWriter more = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(said, Locale.ROOT, StandardCharsets.UTF_8)) {
      Files.createDirectories(classes);
      files.setLocationFromPaths(StandardLocation.CLASS_PATH, classPath);
      files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(classes));
      if (sources.isEmpty()) {
        return List.of();
      }
      boolean done =
          compiler
              .getTask(
                  more,
                  files,
                  said,
                  List.of("--release", release, "-parameters", "-g", "-nowarn"),
                  null,
                  files.getJavaFileObjectsFromPaths(sources))
              .call();
      return done ? List.of() : errors(said, more.toString());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compile into " + classes, e);
    }
  }

  private List<String> errors(DiagnosticCollector<JavaFileObject> said, String more) {
    List<String> errors =
        said.getDiagnostics().stream()
            .filter(found -> found.getKind() == Diagnostic.Kind.ERROR)
            .map(this::shown)
            .toList();
    return errors.isEmpty() ? List.of(more.strip()) : errors;
  }

  private String shown(Diagnostic<? extends JavaFileObject> error) {
    String message = error.getMessage(Locale.ROOT);
    if (error.getSource() == null) {
      return message;
    }
    Path file = Path.of(error.getSource().toUri());
    return "%s:%d: %s".formatted(root.relativize(file), error.getLineNumber(), message);
  }
}
