package io.quickscale;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import jakarta.persistence.Entity;
import java.io.InputStream;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;

class PersistenceUnitTest {
  /** On Payara a forgotten one would be found all the same, on WildFly not. */
  @Test
  void everyEntityIsListed() throws Exception {
    List<String> entities =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.quickscale")
                .stream()
                .filter(type -> type.isAnnotatedWith(Entity.class))
                .map(JavaClass::getName)
                .toList();

    assertThat(listed()).containsExactlyInAnyOrderElementsOf(entities);
  }

  private static List<String> listed() throws Exception {
    try (InputStream unit =
        PersistenceUnitTest.class.getResourceAsStream("/META-INF/persistence.xml")) {
      var classes =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(unit)
              .getElementsByTagName("class");
      return IntStream.range(0, classes.getLength())
          .mapToObj(i -> classes.item(i).getTextContent())
          .toList();
    }
  }
}
