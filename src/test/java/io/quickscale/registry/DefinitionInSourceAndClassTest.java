package io.quickscale.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.quickscale.cli.source.Finding;
import io.quickscale.cli.source.Severity;
import io.quickscale.cli.source.SourceValidator;
import io.quickscale.cli.source.SourceValidator.Report;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the deployment refuses in a class, validate-service finds in its source, under the same
 * number; and what the one lets pass, so does the other.
 */
class DefinitionInSourceAndClassTest {
  private static final String NONE = "";

  @TempDir static Path folder;

  /** Compiled together, each definition in a package of its own: one by one would take long. */
  @BeforeAll
  static void compileAll() throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-d",
                Files.createDirectories(folder.resolve("classes")).toString(),
                "-cp",
                System.getProperty("java.class.path")));
    List<Arguments> all = definitions().toList();
    for (Arguments definition : all) {
      Path file = file((String) definition.get()[1]);
      Files.createDirectories(file.getParent());
      Files.writeString(
          folder.resolve(file.getParent().getFileName()).resolve("pom.xml"), "<project/>");
      String source = (String) definition.get()[2];
      Files.writeString(
          file, source.replace("package com.acme;", "package " + packageOf(file) + ";"));
      arguments.add(file.toString());
    }
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, arguments.toArray(String[]::new));
    assertThat(failed).as("the sources compile").isZero();
  }

  /** Where a definition's source is: in a project of its own, named by what it defines. */
  private static Path file(String what) {
    String name = "c" + Integer.toHexString(what.hashCode());
    return folder
        .resolve(name)
        .resolve("src/main/java/com/acme")
        .resolve(name)
        .resolve("SomeService.java");
  }

  private static String packageOf(Path file) {
    return "com.acme." + file.getParent().getFileName();
  }

  static Stream<Arguments> definitions() {
    return Stream.of(
        types(NONE, "Input", "Output", ""),
        types("QS010", "String", "Output", ""),
        types("QS010", "Integer", "Output", ""),
        types("QS010", "Map<String, Object>", "Output", ""),
        types("QS010", "List<String>", "Output", ""),
        types("QS010", "String[]", "Output", ""),
        types("QS010", "Kind", "Output", "public enum Kind { A }"),
        types("QS009", "Object", "Output", ""),
        types("QS009", "Input", "Object", ""),
        types("QS011", "Input", "Thread", ""),
        types("QS011", "Input", "InputStream", ""),
        types("QS011", "Input", "java.util.concurrent.Future<String>", ""),
        types(NONE, "Input", "String", ""),
        types(NONE, "Input", "int[]", ""),
        types("QS011", "Input", "char[]", ""),
        types(NONE, "Input", "List<Output>", ""),
        types("QS011", "Input", "List<Thread>", ""),
        types("QS011", "Input", "Optional<Optional<String>>", ""),
        types("QS010", "In", "Output", "public record In(List<Thread> threads) {}"),
        types(
            "QS010",
            "In",
            "Output",
            "public record In(Deep deep) {} public record Deep(Runnable run) {}"),
        types("QS010", "In", "Output", "record In(String text) {}"),
        types(
            "QS010",
            "In",
            "Output",
            "public record In(Inner inner) {} record Inner(String text) {}"),
        types("QS010", "In", "Output", "public record In(Map<Output, String> map) {}"),
        types("QS010", "In", "Output", "public record In(Map<Double, String> map) {}"),
        types(
            "QS010", "In", "Output", "public record In(Shape shape) {} public interface Shape {}"),
        types(
            "QS010",
            "In",
            "Output",
            "public record In(Shape shape) {} public abstract static class Shape {}"),
        types(
            "QS010",
            "In",
            "Output",
            "public record In(@com.fasterxml.jackson.annotation.JsonProperty(\"t\") String text) {}",
            "import com.fasterxml.jackson.annotation.JsonProperty;"),
        types(NONE, "In", "Output", "public record In(In again, List<In> more) {}"),
        types(
            NONE,
            "In",
            "Output",
            "public record In(Bean bean) {} public static class Bean { public String text; }"),
        types(
            "QS010",
            "In",
            "Output",
            "public record In(Bean bean) {} public static class Bean { public Thread thread; }"),
        types(
            NONE,
            "In",
            "Output",
            "public record In(OptionalInt a, Optional<String> b, byte[] c, Instant d, Map<Kind, Integer> e, Set<Long> f, ArrayList<String> g, TreeMap<String, BigDecimal> h, double i, Object j, UUID k) {} public enum Kind { A }"),
        annotated(
            "QS002",
            "name = Names.WRONG",
            "interface Names { String WRONG = \"Bad\" + \"Name\"; }"),
        annotated("QS002", "name = SomeService.WRONG", ""),
        annotated(
            "QS002",
            "name = Names.WRONG",
            "interface Names { String PART = \"Bad\"; String WRONG = PART + Names.END; String END = \"Name\"; }"),
        annotated(
            NONE, "name = Names.RIGHT", "interface Names { String RIGHT = \"good\" + \"_name\"; }"),
        annotated("QS002", "name = \"\"", ""),
        annotated("QS003", "name = \"a\", category = \"Any\"", ""),
        annotated(
            "QS012",
            "name = \"a\", creditCost = Names.COST",
            "interface Names { String COST = \"-\" + \"1\"; }"),
        annotated(NONE, "name = \"a\", creditCost = \"1e3\"", ""),
        annotated(
            "QS013",
            "name = \"a\", unitPrices = @UnitPrice(unit = \"Tokens\", creditsPerUnit = \"1\", maximum = 1)",
            ""),
        annotated(
            "QS013",
            "name = \"a\", unitPrices = {@UnitPrice(unit = \"t\", creditsPerUnit = \"1\", maximum = 1), @UnitPrice(unit = \"t\", creditsPerUnit = \"1\", maximum = 1)}",
            ""),
        declared(
            "QS004",
            "public abstract class SomeService extends BaseService<SomeService.Input, String>"),
        declared(
            "QS006",
            "public final class SomeService extends BaseService<SomeService.Input, String>"),
        declared(
            "QS009",
            "@SuppressWarnings(\"rawtypes\") public class SomeService extends BaseService"),
        declared(
            "QS015",
            "@Retry public class SomeService extends BaseService<SomeService.Input, String>"),
        tolerant(NONE, "@Timeout(1)"),
        tolerant("QS016", "@Timeout(0)"),
        tolerant("QS016", "@Timeout(-1)"),
        tolerant("QS016", "@Timeout(SomeService.WRONG)"),
        tolerant("QS016", "@Timeout(2 - WRONG * -3)"),
        tolerant(NONE, "@Timeout(value = 2, unit = ChronoUnit.SECONDS)"),
        tolerant(NONE, "@Timeout(value = 2000, unit = ChronoUnit.MICROS)"),
        tolerant("QS016", "@Timeout(value = 500, unit = ChronoUnit.MICROS)"),
        tolerant("QS016", "@Timeout(value = 1, unit = ChronoUnit.MONTHS)"),
        tolerant("QS016", "@Timeout(value = Long.MAX_VALUE, unit = ChronoUnit.DAYS)"),
        tolerant(NONE, "@Retry(maxRetries = -1, delay = 0, jitter = 0)"),
        tolerant("QS016", "@Retry(maxRetries = -5)"),
        tolerant("QS016", "@Retry(delay = -1)"),
        tolerant("QS016", "@Retry(jitter = -1)"),
        tolerant("QS016", "@Retry(jitter = 1, jitterDelayUnit = ChronoUnit.NANOS)"),
        tolerant("QS016", "@Retry(maxDuration = -1)"),
        tolerant("QS016", "@Retry(maxDuration = 0)"),
        tolerant("QS016", "@Retry(delay = 10, maxDuration = 10)"),
        tolerant(NONE, "@Retry(delay = 10, maxDuration = 11)"),
        tolerant("QS016", "@Retry(delay = 5, delayUnit = ChronoUnit.MINUTES)"),
        tolerant(
            "QS016", "@Retry(delay = 500, maxDuration = 2, durationUnit = ChronoUnit.SECONDS)"),
        tolerant(NONE, "@CircuitBreaker(delay = 3, delayUnit = ChronoUnit.SECONDS)"),
        tolerant("QS016", "@CircuitBreaker(delay = -1)"),
        tolerant("QS016", "@CircuitBreaker(delay = 1, delayUnit = ChronoUnit.FOREVER)"),
        tolerant("QS016", "@CircuitBreaker(requestVolumeThreshold = 0)"),
        tolerant("QS016", "@CircuitBreaker(successThreshold = 0)"),
        tolerant("QS016", "@CircuitBreaker(failureRatio = 3)"),
        tolerant("QS016", "@CircuitBreaker(failureRatio = -0.1)"),
        tolerant(NONE, "@CircuitBreaker(failureRatio = 1)"),
        tolerant(NONE, "@Bulkhead(1)"),
        tolerant("QS016", "@Bulkhead(0)"),
        tolerant("QS016", "@Bulkhead(value = 1, waitingTaskQueue = 0)"),
        tolerant("QS017", "@Fallback"),
        tolerant("QS017", "@Fallback(fallbackMethod = \"nope\")"),
        tolerant(
            "QS017",
            "@Fallback(fallbackMethod = \"other\")",
            "String other(RunContext context) { return null; }"),
        tolerant(
            "QS017",
            "@Fallback(fallbackMethod = \"other\")",
            "Integer other(RunContext context, Input input) { return null; }"),
        tolerant(
            NONE,
            "@Fallback(fallbackMethod = \"other\")",
            "String other(RunContext context, SomeService.Input input) { return null; }"),
        tolerant(
            NONE,
            "@Fallback(fallbackMethod = \"other\")",
            "private String other(RunContext context, Input input) { return null; }"),
        tolerant(
            NONE,
            "@Fallback(fallbackMethod = \"other\")",
            "<T> String other(RunContext context, T input) { return null; }"),
        tolerant(
            NONE,
            "@Fallback(SomeService.Handler.class)",
            "public static class Handler implements FallbackHandler<String> { public String handle(ExecutionContext context) { return null; } }"),
        tolerant(
            "QS017",
            "@Fallback(Handler.class)",
            "public static class Handler implements FallbackHandler<Long> { public Long handle(ExecutionContext context) { return null; } }"),
        tolerant(
            "QS017",
            "@Fallback(value = Handler.class, fallbackMethod = \"other\")",
            "String other(RunContext context, Input input) { return null; } public static class Handler implements FallbackHandler<String> { public String handle(ExecutionContext context) { return null; } }"),
        tolerant("QS008", "@Asynchronous"));
  }

  private static Arguments types(
      String code, String input, String output, String more, String... imports) {
    return Arguments.of(
        code,
        input + " → " + output + " " + more,
        source(
            String.join("\n", imports),
            "@RegisterService(name = \"some\", description = \"d\", creditCost = \"1\")",
            "public class SomeService extends BaseService<%s, %s>"
                .formatted(inService(input), inService(output)),
            "protected %s executeService(RunContext context, %s input) { return null; } %s"
                .formatted(output, input, more),
            ""));
  }

  /** The types that are declared in the service are not in scope before its body. */
  private static String inService(String type) {
    return type.replaceAll("\\b(Input|Output|In|Kind)\\b", "SomeService.$1");
  }

  private static Arguments annotated(String code, String members, String more) {
    return Arguments.of(
        code,
        members + " " + more,
        source(
            "",
            "@RegisterService(" + members + ", description = \"d\")",
            "public class SomeService extends BaseService<SomeService.Input, String>",
            "static final String WRONG = \"Bad\" + \"Name\"; protected String executeService(RunContext context, Input input) { return null; }",
            more));
  }

  private static Arguments declared(String code, String declaration) {
    String result = declaration.contains("<") ? "String" : "Object";
    String input = declaration.contains("<") ? "Input" : "Object";
    return Arguments.of(
        code,
        declaration,
        source(
            "",
            "@RegisterService(name = \"some\", description = \"d\")",
            declaration,
            "protected %s executeService(RunContext context, %s input) { return null; }"
                .formatted(result, input),
            ""));
  }

  private static Arguments tolerant(String code, String annotation, String... more) {
    return Arguments.of(
        code,
        annotation + " " + String.join(" ", more),
        source(
            "import java.time.temporal.ChronoUnit;",
            "@RegisterService(name = \"some\", description = \"d\")",
            "public class SomeService extends BaseService<SomeService.Input, String>",
            "static final int WRONG = -3; %s protected String executeService(RunContext context, Input input) { return null; } %s"
                .formatted(annotation, String.join(" ", more)),
            ""));
  }

  private static String source(
      String imports, String annotation, String declaration, String body, String more) {
    return """
        package com.acme;
        import io.quickscale.service.*;
        import java.io.InputStream;
        import java.math.BigDecimal;
        import java.time.Instant;
        import java.util.*;
        import org.eclipse.microprofile.faulttolerance.*;
        %s
        %s
        %s {
          public record Input(String text) {}
          public record Output(int n) {}
          %s
        }
        %s
        """
        .formatted(imports, annotation, declaration, body, more);
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("definitions")
  void theDeploymentAndTheSourceCheckSayTheSame(String code, String what) throws Exception {
    Set<String> expected = code.isEmpty() ? Set.of() : Set.of(code);

    assertThat(mistakesOfClass(file(what))).as("deployment").isEqualTo(expected);
    assertThat(errorsInSource(file(what))).as("validate-service").isEqualTo(expected);
  }

  private static Set<String> mistakesOfClass(Path file) throws Exception {
    URL[] classes = {folder.resolve("classes").toUri().toURL()};
    try (URLClassLoader loader =
        new URLClassLoader(classes, DefinitionInSourceAndClassTest.class.getClassLoader())) {
      Class<?> type = loader.loadClass(packageOf(file) + ".SomeService");
      return new DefinitionRules(type)
          .mistakes().stream().map(text -> text.substring(0, 5)).collect(Collectors.toSet());
    }
  }

  private static Set<String> errorsInSource(Path file) {
    Report report = SourceValidator.validate(file);
    return report.findings().stream()
        .filter(found -> found.severity() == Severity.ERROR)
        .map(Finding::code)
        .collect(Collectors.toSet());
  }
}
