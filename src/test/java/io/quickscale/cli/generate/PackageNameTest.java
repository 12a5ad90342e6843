package io.quickscale.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageNameTest {
  @ParameterizedTest
  @ValueSource(strings = {"a", "com.example", "com.example.text_2"})
  void takes_lower_case_words(String name) {
    assertThat(PackageName.of(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ".", "com.", ".com", "a..b", "com.Example", "com.1st", "com.new", "a/b"})
  void refuses_others_and_says_what_a_package_is_made_of(String name) {
    assertThatThrownBy(() -> PackageName.of(name))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lower-case words");
  }
}
