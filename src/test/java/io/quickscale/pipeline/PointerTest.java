package io.quickscale.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import jakarta.json.JsonObject;
import jakarta.json.JsonValue;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PointerTest {
  /** The example of RFC 6901, section 5. */
  private static final JsonObject EXAMPLE =
      PipelineFixture.CODEC.readOwn(
          """
          {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\\\j": 5,
           "k\\"l": 6, " ": 7, "m~n": 8}
          """,
          JsonObject.class);

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "/foo/0, \"bar\"",
        "/foo/1, \"baz\"",
        "/, 0",
        "/a~1b, 1",
        "/c%d, 2",
        "/e^f, 3",
        "/g|h, 4",
        "/i\\j, 5",
        "/k\"l, 6",
        "`/ `, 7",
        "/m~0n, 8"
      })
  void theExamplesOfTheRfc(String pointer, String value) {
    assertThat(Pointer.parse(pointer).in(EXAMPLE, false).orElseThrow()).hasToString(value);
  }

  @Test
  void theEmptyPointerIsTheWhole() {
    assertThat(Pointer.parse("").in(EXAMPLE, false)).contains(EXAMPLE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/bar",
        "/foo/2",
        "/foo/-",
        "/foo/00",
        "/foo/01",
        "/foo/+1",
        "/foo/99999999999",
        "/foo/bar",
        "/foo/0/x",
        "//x"
      })
  void whatIsNotThereIsNothing(String pointer) {
    assertThat(Pointer.parse(pointer).in(EXAMPLE, false)).isEmpty();
  }

  @Test
  void anAbsentMemberMayBeNull() {
    assertThat(Pointer.parse("/bar").in(EXAMPLE, true)).contains(JsonValue.NULL);
    assertThat(Pointer.parse("/bar/baz").in(EXAMPLE, true)).contains(JsonValue.NULL);
    assertThat(Pointer.parse("/foo/2").in(EXAMPLE, true)).isEmpty();
    assertThat(Pointer.parse("/ /x").in(EXAMPLE, true)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"foo", " /foo", "#/foo", "/a~", "/a~2b", "/~"})
  void whatIsNoPointerIsRefused(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Pointer.parse(text))
        .withMessageStartingWith("must be a JSON Pointer (RFC 6901)");
  }

  @Property
  void itIsReadAsItIsWritten(@ForAll List<String> tokens) {
    assertThat(Pointer.parse(new Pointer(tokens).toString()).tokens()).isEqualTo(tokens);
  }
}
