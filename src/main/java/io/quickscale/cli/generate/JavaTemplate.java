package io.quickscale.cli.generate;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Java from a template: imports sorted and lines broken as the build's formatter wants them. */
final class JavaTemplate {
  private static final String IMPORT = "import ";
  private static final String STATIC_IMPORT = "import static ";

  /** A type before those declared in it. */
  private static final Comparator<String> BY_NAME =
      Comparator.comparing(line -> line.replace(";", ""));

  private JavaTemplate() {}

  static String filled(String resource, Map<String, String> values) {
    return sortImports(Layout.of(Template.filled(resource, values)));
  }

  private static String sortImports(String java) {
    List<String> lines = java.lines().toList();
    List<String> imports = lines.stream().filter(JavaTemplate::isImport).sorted(BY_NAME).toList();
    int first =
        IntStream.range(0, lines.size()).filter(i -> isImport(lines.get(i))).findFirst().orElse(0);
    return Stream.of(
            lines.subList(0, first), imports, lines.subList(first + imports.size(), lines.size()))
        .flatMap(List::stream)
        .collect(Collectors.joining("\n", "", "\n"));
  }

  private static boolean isImport(String line) {
    return line.startsWith(IMPORT) && !line.startsWith(STATIC_IMPORT);
  }
}
