package io.quickscale;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What nobody calls is not there. A method is called by a framework if it overrides another one or
 * has an annotation, itself or on a parameter; the members of a record and of an annotation come
 * with what it is.
 */
class DeadCodeTest {
  /** What authors of services call; the services that ship do not need all of it. */
  private static final String FOR_AUTHORS = "io.quickscale.service";

  /** Methods that only tests call, and why. */
  private static final Map<String, String> FOR_TESTS =
      Map.of(
          "io.quickscale.cli.CommandLineTool.commandLine()",
          "tells tests which commands there are, so that a new one is tried as well",
          "io.quickscale.definition.JdkTypes.simple()",
          "tells a test which types there are, so that each is looked for where JSON is bound");

  private static JavaClasses application;

  @BeforeAll
  static void readTheApplication() {
    application =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.quickscale");
  }

  @Test
  void everyMethodIsCalled() {
    assertThat(uncalled())
        .as("methods that nothing in src/main calls: remove them; a test needs no door of its own")
        .containsExactlyInAnyOrderElementsOf(FOR_TESTS.keySet());
  }

  private static Set<String> uncalled() {
    Set<String> called = called();
    return application.stream()
        .filter(type -> !type.getPackageName().equals(FOR_AUTHORS) && !type.isAnnotation())
        .flatMap(type -> type.getMethods().stream())
        .filter(method -> !called.contains(method.getFullName()))
        .filter(method -> !isCalledFromOutside(method) && !comesWithItsClass(method))
        .map(JavaMethod::getFullName)
        .collect(Collectors.toSet());
  }

  /** By others: what calls but itself is as dead as what nobody calls. */
  private static Set<String> called() {
    return application.stream()
        .flatMap(type -> type.getCodeUnits().stream())
        .flatMap(DeadCodeTest::calledBy)
        .collect(Collectors.toSet());
  }

  private static Stream<String> calledBy(JavaCodeUnit caller) {
    return Stream.<CodeUnitAccessTarget>concat(
            caller.getMethodCallsFromSelf().stream().map(call -> call.getTarget()),
            caller.getMethodReferencesFromSelf().stream().map(reference -> reference.getTarget()))
        .flatMap(target -> target.resolveMember().stream())
        .map(JavaCodeUnit::getFullName)
        .filter(name -> !name.equals(caller.getFullName()));
  }

  private static boolean isCalledFromOutside(JavaMethod method) {
    return !method.getAnnotations().isEmpty()
        || method.getParameters().stream().anyMatch(one -> !one.getAnnotations().isEmpty())
        || method.getName().equals("main")
        || overrides(method);
  }

  /** With generics, the types of the two may differ. */
  private static boolean overrides(JavaMethod method) {
    JavaClass owner = method.getOwner();
    return Stream.concat(
            owner.getAllRawSuperclasses().stream(), owner.getAllRawInterfaces().stream())
        .flatMap(above -> above.getMethods().stream())
        .anyMatch(
            above ->
                above.getName().equals(method.getName())
                    && above.getRawParameterTypes().size() == method.getRawParameterTypes().size());
  }

  private static boolean comesWithItsClass(JavaMethod method) {
    JavaClass owner = method.getOwner();
    boolean isComponent =
        owner.isRecord()
            && method.getRawParameterTypes().isEmpty()
            && owner.tryGetField(method.getName()).isPresent();
    boolean isOfEnum = owner.isEnum() && Set.of("values", "valueOf").contains(method.getName());
    return isComponent || isOfEnum || method.getModifiers().contains(JavaModifier.SYNTHETIC);
  }
}
