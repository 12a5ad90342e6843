package io.quickscale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PlainRequestFilterTest {
  /** What is missing there is only had by callers who accept nothing else. */
  @Test
  void everythingThatResourcesWriteIsLookedForInAccept() {
    List<String> written =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.quickscale.rest")
                .stream()
                .<Class<?>>map(JavaClass::reflect)
                .filter(type -> type.isAnnotationPresent(Path.class))
                .flatMap(
                    type ->
                        Stream.<AnnotatedElement>concat(
                            Stream.of(type), Stream.of(type.getDeclaredMethods())))
                .filter(element -> element.isAnnotationPresent(Produces.class))
                .flatMap(element -> Stream.of(element.getAnnotation(Produces.class).value()))
                .map(type -> type.replaceAll(";.*", ""))
                .filter(type -> !type.equals("*/*"))
                .distinct()
                .toList();

    assertThat(PlainRequestFilter.WRITTEN).containsExactlyInAnyOrderElementsOf(written);
  }
}
