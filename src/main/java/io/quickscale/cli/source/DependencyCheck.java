package io.quickscale.cli.source;

import com.github.javaparser.ast.ImportDeclaration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whether what a service imports will be there, on every server that it may run on. */
final class DependencyCheck implements Check {
  private static final Set<String> OF_PLATFORM =
      Set.of("java", "jakarta", "org.eclipse.microprofile");
  private static final Set<String> OF_JDK =
      Set.of(
          "javax.imageio",
          "javax.xml",
          "javax.crypto",
          "javax.net",
          "javax.sql",
          "javax.naming",
          "javax.management",
          "javax.security",
          "javax.sound",
          "javax.print",
          "javax.script",
          "javax.accessibility",
          "javax.swing",
          "org.w3c.dom",
          "org.xml.sax");
  private static final Set<String> OF_AUTHORS =
      Set.of("io.quickscale.service", "io.quickscale.problem");
  private static final Set<String> OF_SERVERS =
      Set.of(
          "org.glassfish",
          "org.jersey",
          "org.jboss",
          "org.wildfly",
          "fish.payara",
          "com.sun",
          "sun",
          "org.eclipse.persistence",
          "org.eclipse.yasson",
          "org.hibernate");

  /** Libraries whose packages do not begin as their Maven group does. */
  private static final Map<String, String> GROUPS =
      Map.ofEntries(
          Map.entry("opennlp", "org.apache.opennlp"),
          Map.entry("com.google.common", "com.google.guava"),
          Map.entry("com.google.gson", "com.google.code.gson"),
          Map.entry("okhttp3", "com.squareup.okhttp3"),
          Map.entry("retrofit2", "com.squareup.retrofit2"),
          Map.entry("ai.onnxruntime", "com.microsoft.onnxruntime"),
          Map.entry("org.jsoup", "org.jsoup"),
          Map.entry("lombok", "org.projectlombok"));

  @Override
  public void check(ServiceSource service, Findings findings) {
    service.file().unit().getImports().forEach(found -> check(service, found, findings));
  }

  private static void check(ServiceSource service, ImportDeclaration found, Findings findings) {
    String name = found.getNameAsString();
    if (startsWithAny(name, OF_SERVERS)) {
      findings.warning(
          "QS142",
          found,
          "%s belongs to one server".formatted(name),
          "Use the jakarta.* or org.eclipse.microprofile.* API: the WAR runs on several");
    } else if (name.startsWith("javax.") && !startsWithAny(name, OF_JDK)) {
      findings.error(
          "QS141",
          found,
          "%s is of Java EE: this server has Jakarta EE 10".formatted(name),
          "Import jakarta.%s".formatted(name.substring("javax.".length())));
    } else if (name.startsWith("io.quickscale.")
        && !startsWithAny(name, OF_AUTHORS)
        && !isBelow(service.file().packageName(), name)) {
      findings.warning(
          "QS143",
          found,
          "%s is the inside of QuickScale, which changes without notice".formatted(name),
          "Use io.quickscale.service; what it lacks belongs into RunContext");
    } else if (isMissing(service, name)) {
      findings.warning(
          "QS140",
          found,
          "pom.xml has no dependency that brings %s".formatted(name),
          "Add one (group %s), and a comment why".formatted(group(name)));
    }
  }

  private static boolean isMissing(ServiceSource service, String name) {
    return isOfLibrary(service, name)
        && service.project().pom().artifactId().isPresent()
        && dependency(service, name).isEmpty();
  }

  private static boolean isOfLibrary(ServiceSource service, String name) {
    return !startsWithAny(name, OF_PLATFORM)
        && !startsWithAny(name, OF_JDK)
        && !name.startsWith("io.quickscale.")
        && !isOwn(service, name);
  }

  /** Of the service's own package or another of the project. */
  private static boolean isOwn(ServiceSource service, String name) {
    return isBelow(service.file().packageName(), name)
        || service.project().hasPackage(packageOf(name));
  }

  private static boolean isBelow(String packageName, String name) {
    return !packageName.isEmpty() && name.startsWith(packageName + ".");
  }

  /** An import without its types and members, by the naming convention. */
  private static String packageOf(String name) {
    return Stream.of(name.split("\\."))
        .takeWhile(part -> !Character.isUpperCase(part.charAt(0)))
        .collect(Collectors.joining("."));
  }

  private static Optional<String> dependency(ServiceSource service, String name) {
    String group = group(name);
    return service.project().pom().dependencies().stream()
        .filter(found -> found.startsWith(group + ":") || found.startsWith(group + "."))
        .findFirst();
  }

  /** The group that a package's library has, or the beginning of it. */
  private static String group(String name) {
    return GROUPS.entrySet().stream()
        .filter(entry -> startsWith(name, entry.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseGet(() -> Stream.of(name.split("\\.")).limit(2).collect(Collectors.joining(".")));
  }

  /** The libraries of a service, each with what brings it. */
  static Map<String, String> libraries(ServiceSource service) {
    Map<String, String> found = new LinkedHashMap<>();
    service
        .file()
        .imports()
        .filter(name -> isOfLibrary(service, name) && !startsWithAny(name, OF_SERVERS))
        .filter(name -> !name.startsWith("javax."))
        .forEach(
            name -> dependency(service, name).ifPresent(brings -> found.put(group(name), brings)));
    return found;
  }

  private static boolean startsWithAny(String name, Set<String> packages) {
    return packages.stream().anyMatch(found -> startsWith(name, found));
  }

  private static boolean startsWith(String name, String packageName) {
    return name.equals(packageName) || name.startsWith(packageName + ".");
  }
}
