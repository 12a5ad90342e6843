package io.quickscale.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quickscale.problem.Violation;
import io.quickscale.run.Usage;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryParametersTest {
  /** A resource method that takes every kind. */
  @SuppressWarnings("unused")
  static void list(
      @QueryParam("cursor") Cursor cursor,
      @QueryParam("limit") Limit limit,
      @QueryParam("service") ServiceFilter service,
      @QueryParam("group_by") Grouping groupBy,
      @QueryParam("from") OffsetDateTime from,
      @QueryParam("status") Usage.Status status,
      String body) {}

  @SuppressWarnings("unused")
  static void run(String body) {}

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "&",
        "limit=1",
        "limit=500&",
        "&limit=007",
        "%6cimit=5",
        "cursor=0SAESDK9C04FZ",
        "service=sentiment_analysis&limit=5",
        "service=%73entiment",
        "group_by=day",
        "group_by=day,service",
        "group_by=service%2Cday",
        "from=2026-11-22T08:00:00Z",
        "from=2026-11-22T08%3A00%3A00.5%2B01:00",
        "status=running",
        "status=succeeded",
        "status=failed",
        "status=abandoned"
      })
  void whatIsKnownAndCanBeReadPasses(String query) {
    assertThat(violations("list", query)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=0",
        "limit=-1",
        "limit=501",
        "limit=",
        "limit",
        "limit=many",
        "limit=5.0",
        "limit=+5",
        "limit=%2B5",
        "limit=٣",
        "limit=%D9%A3",
        "limit=99999999999999999999",
        "cursor=nonsense",
        "cursor=",
        "service=",
        "service=Nope",
        "service=%00",
        "service=a%5Cb",
        "service=%zz",
        "service=%ff",
        "group_by=",
        "group_by=moon",
        "group_by=day,day",
        "group_by=day,",
        "group_by=Day",
        "from=yesterday",
        "from=",
        "from=2026-11-22",
        "from=2026-11-22T08:00:00",
        "from=2026-11-22T08:00:00+01:00",
        "status=nonsense",
        "status=",
        "status=FAILED",
        "status=failed,running"
      })
  void aValueThatCannotBeReadIsNamedWithWhatIsAllowed(String query) {
    List<Violation> violations = violations("list", query);

    assertThat(violations).hasSize(1);
    assertThat(violations.get(0).field()).isEqualTo(query.replaceAll("=.*", ""));
    assertThat(violations.get(0).message()).matches("(must be|cannot be|has a) .*");
  }

  @Test
  void anUnknownParameterIsNamedBesideTheKnownOnes() {
    assertThat(violations("list", "lmit=5&Limit=5"))
        .containsExactly(
            new Violation(
                "lmit", "is not known here. Known: cursor, from, group_by, limit, service, status"),
            new Violation(
                "Limit",
                "is not known here. Known: cursor, from, group_by, limit, service, status"));
    assertThat(violations("run", "dry_run=true"))
        .containsExactly(
            new Violation("dry_run", "is not known here. There are no query parameters here."));
    assertThat(violations("run", "=5")).extracting(Violation::field).containsExactly("");
    assertThat(violations("run", "%zz=5")).extracting(Violation::field).containsExactly("%zz");
  }

  @Test
  void aParameterGivenTwiceIsNamed() {
    assertThat(violations("list", "limit=5&limit=6&limit=5"))
        .containsExactly(
            new Violation("limit", "must be given once"),
            new Violation("limit", "must be given once"));
    assertThat(violations("list", "limit=5&%6Cimit=5")).hasSize(1);
  }

  @Test
  void allThatIsWrongIsNamedAtOnce() {
    assertThat(violations("list", "limit=0&x=1&status=nonsense&from=2026-11-22T08:00:00Z"))
        .extracting(Violation::field)
        .containsExactly("limit", "x", "status");
  }

  /** Without a reader here JAX-RS would read it, and answer what it cannot read with 404. */
  @Test
  void everyQueryParameterOfTheApiHasAReader() {
    List<java.lang.reflect.Parameter> parameters =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.quickscale.rest")
                .stream()
                .map(JavaClass::reflect)
                .flatMap(type -> Stream.of(type.getDeclaredMethods()))
                .flatMap(method -> Stream.of(method.getParameters()))
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .toList();

    assertThat(parameters)
        .isNotEmpty()
        .allMatch(parameter -> QueryReaders.find(parameter.getType()).isPresent());
  }

  @Test
  void aReaderGivesTheResourceWhatWasChecked() {
    assertThat(
            new QueryReaders().getConverter(Limit.class, Limit.class, null).fromString("25").rows())
        .isEqualTo(25);
    assertThat(new QueryReaders().getConverter(Limit.class, Limit.class, null).fromString(null))
        .isNull();
    assertThat(new QueryReaders().getConverter(String.class, String.class, null)).isNull();
  }

  private static List<Violation> violations(String method, String query) {
    Method resource =
        Stream.of(QueryParametersTest.class.getDeclaredMethods())
            .filter(candidate -> candidate.getName().equals(method))
            .findAny()
            .orElseThrow();
    return QueryParameters.of(resource).violations(query);
  }
}
