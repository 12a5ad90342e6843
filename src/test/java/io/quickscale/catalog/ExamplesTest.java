package io.quickscale.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.classmate.TypeResolver;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.quickscale.json.JsonCodec;
import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code quickscale service-examples} tells people to run. */
class ExamplesTest {
  static Stream<Class<?>> services() {
    return new ClassFileImporter()
        .importPackages("io.quickscale.catalog").stream()
            .filter(type -> type.isAnnotatedWith(RegisterService.class))
            .map(JavaClass::reflect);
  }

  @ParameterizedTest
  @MethodSource("services")
  void every_service_that_ships_has_an_example_that_it_takes(Class<?> service) throws Exception {
    String name = service.getAnnotation(RegisterService.class).name();
    byte[] example = Files.readAllBytes(Path.of("src/examples", name + ".json"));
    Class<?> input =
        new TypeResolver()
            .resolve(service)
            .typeParametersFor(BaseService.class)
            .get(0)
            .getErasedType();

    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      JsonCodec codec = new JsonCodec(factory.getValidator());
      assertThatCode(() -> codec.read(example, input)).doesNotThrowAnyException();
    }
  }
}
