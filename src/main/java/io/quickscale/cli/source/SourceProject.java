package io.quickscale.cli.source;

import com.github.javaparser.ast.CompilationUnit;
import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The sources of a Maven project. Files are read when they are needed, once. */
public final class SourceProject {
  private final Path root;
  private final Map<Path, JavaFile> parsed = new HashMap<>();

  private SourceProject(Path root) {
    this.root = root;
  }

  /** The project whose pom.xml is in the folder. */
  public static SourceProject at(Path root) {
    return new SourceProject(root.toAbsolutePath().normalize());
  }

  /** The project that a file or folder is in; a file outside of projects is one by itself. */
  static SourceProject around(Path path) {
    Path absolute = path.toAbsolutePath().normalize();
    return Stream.<Path>iterate(absolute, folder -> folder != null, Path::getParent)
        .filter(folder -> Files.exists(folder.resolve("pom.xml")))
        .findFirst()
        .map(SourceProject::new)
        .orElseGet(() -> new SourceProject(absolute.getParent()));
  }

  public Path root() {
    return root;
  }

  Pom pom() {
    return Pom.read(root.resolve("pom.xml"));
  }

  private Path sources() {
    return root.resolve("src").resolve("main").resolve("java");
  }

  Path testSources() {
    return root.resolve("src").resolve("test").resolve("java");
  }

  /** The services under src/main/java, in the order of their files; broken files have none. */
  public List<ServiceSource> services() {
    return Files.isDirectory(sources()) ? servicesIn(sources()) : List.of();
  }

  /** The services of a package and those below it. */
  public List<ServiceSource> servicesOf(String packageName) {
    Path folder = sources().resolve(packageName.replace('.', '/'));
    return Files.isDirectory(folder) ? servicesIn(folder) : List.of();
  }

  List<ServiceSource> servicesIn(Path fileOrFolder) {
    return filesIn(fileOrFolder).stream()
        .filter(file -> file.syntaxErrors().isEmpty())
        .flatMap(file -> servicesIn(file).stream())
        .toList();
  }

  List<ServiceSource> servicesIn(JavaFile file) {
    return file.types().stream()
        .filter(ServiceSource::isMeantAsService)
        .map(type -> new ServiceSource(this, file, type))
        .toList();
  }

  /** The files that mention what makes a service. */
  List<JavaFile> filesIn(Path fileOrFolder) {
    if (!Files.isDirectory(fileOrFolder)) {
      return Files.exists(fileOrFolder) ? List.of(file(fileOrFolder)) : List.of();
    }
    try (Stream<Path> files = Files.walk(fileOrFolder)) {
      return files
          .filter(path -> path.toString().endsWith(".java"))
          .filter(SourceProject::mentionsService)
          .sorted()
          .map(this::file)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the folder " + fileOrFolder, e);
    }
  }

  private static boolean mentionsService(Path path) {
    try {
      String text = Files.readString(path);
      return text.contains("@RegisterService") || text.contains("extends BaseService");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + path, e);
    }
  }

  JavaFile file(Path path) {
    return parsed.computeIfAbsent(path.toAbsolutePath().normalize(), JavaFile::parse);
  }

  /** The file that a node is in. */
  JavaFile fileOf(Node node) {
    return node.findCompilationUnit()
        .flatMap(CompilationUnit::getStorage)
        .map(storage -> file(storage.getPath()))
        .orElseThrow(() -> new IllegalArgumentException("not of a file: " + node));
  }

  /** Whether there are classes of this package under src/main/java. */
  boolean hasPackage(String name) {
    return Files.isDirectory(sources().resolve(name.replace('.', '/')));
  }

  /** The declaration of a type by its qualified name, if it is in the project. */
  Optional<TypeDeclaration<?>> declaration(String qualifiedName) {
    Path file = sources().resolve(qualifiedName.replace('.', '/') + ".java");
    return Files.exists(file)
        ? file(file).type(qualifiedName.substring(qualifiedName.lastIndexOf('.') + 1))
        : Optional.empty();
  }

  /** The declaration of a type that a file mentions, if it is in the project. */
  Optional<TypeDeclaration<?>> declaration(ClassOrInterfaceType type, JavaFile from) {
    String simple = type.getNameAsString();
    Optional<TypeDeclaration<?>> here = from.type(simple);
    if (here.isPresent()) {
      return here;
    }
    String outermost = type.getNameWithScope().replaceFirst("\\..*", "");
    Path file =
        from.importOf(outermost)
            .map(found -> sources().resolve(found.getNameAsString().replace('.', '/') + ".java"))
            .orElseGet(() -> from.path().resolveSibling(outermost + ".java"));
    return Files.exists(file) ? file(file).type(simple) : Optional.empty();
  }
}
