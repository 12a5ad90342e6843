package «package»;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RegisterService;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import «package».«class».Input;
import «package».«class».Result;

class «class»Test {
«field»

«is-registered»

  @ParameterizedTest
  @CsvSource({"png", "gif", "bmp", "jpeg"})
  void gives_format_size_and_main_colour(String format) throws IOException {
    Result result = service.executeService(null, new Input(base64(picture(40, 30), format)));

    assertThat(result.format()).isEqualTo(format);
    assertThat(result.width()).isEqualTo(40);
    assertThat(result.height()).isEqualTo(30);
    assertThat(result.mainColour()).isEqualTo("#00c000");
  }

  @Test
  void refuses_what_is_not_a_picture() {
    assertRefused(new Input("***"), "image: is not Base64");
    assertRefused(new Input(base64("no picture".getBytes(StandardCharsets.UTF_8))), "not a PNG");
  }

  @Test
  void refuses_half_a_picture() throws IOException {
    byte[] whole = Base64.getDecoder().decode(base64(picture(40, 30), "png"));

    assertRefused(new Input(base64(Arrays.copyOf(whole, 40))), "image: cannot be read");
  }

  @Test
  void refuses_a_small_file_with_a_huge_picture() throws IOException {
    assertRefused(new Input(base64(picture(4_001, 1_000), "png")), "more than 4000000 pixels");
  }

  @Test
  void takes_a_million_characters_and_no_blank_text() {
    assertThat(isValid(new Input("a".repeat(1_000_000)))).isTrue();
    assertThat(isValid(new Input("a".repeat(1_000_001)))).isFalse();
    assertThat(isValid(new Input(" "))).isFalse();
    assertThat(isValid(new Input(null))).isFalse();
  }

  private void assertRefused(Input input, String message) {
    assertThatThrownBy(() -> service.executeService(null, input))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  /** Green, with a white corner. */
  private static BufferedImage picture(int width, int height) {
    BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setColor(new Color(0x05C805));
    graphics.fillRect(0, 0, width, height);
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, 8, 8);
    graphics.dispose();
    return picture;
  }

  private static String base64(BufferedImage picture, String format) throws IOException {
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    ImageIO.write(picture, format, file);
    return base64(file.toByteArray());
  }

  private static String base64(byte[] file) {
    return Base64.getEncoder().encodeToString(file);
  }

«is-valid»
}
