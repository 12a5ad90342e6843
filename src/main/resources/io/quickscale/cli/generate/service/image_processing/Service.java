package «package»;

import io.quickscale.service.BaseService;
import io.quickscale.service.InvalidInputException;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Reads a picture (PNG, JPEG, GIF, BMP) and gives its format, its size and its main colour. */
«annotation»
«class-header»
  /** A small file can unpack to a huge picture: looked at before anything is unpacked. */
  private static final long MOST_PIXELS = 4_000_000;

  /** Shades that differ in the last four bits of red, green and blue count as one. */
  private static final int SHADES = 0xF0F0F0;

  /**
   * What callers send, as a JSON object. Add a component for each member, with its constraints;
   * they are checked before the service is called.
   *
   * @param image the picture's file in Base64, at most 1,000,000 characters
   */
  public record Input(@NotBlank @Size(max = 1_000_000) String image) {}

  /**
   * What callers get.
   *
   * @param format {@code png}, {@code jpeg}, {@code gif} or {@code bmp}
   * @param width in pixels
   * @param height in pixels
   * @param mainColour the most frequent colour as {@code #rrggbb}, near shades taken together
   */
  public record Result(String format, int width, int height, String mainColour) {}

  @Override
  @Timeout(5000)
  protected Result executeService(RunContext context, Input input) {
    byte[] file = decode(input.image());
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw InvalidInputException.of("image", "is not a PNG, JPEG, GIF or BMP");
      }
      return describe(in, readers.next());
    } catch (IOException e) {
      // What constraints cannot see: 400 for the caller, nothing charged.
      throw InvalidInputException.of("image", "cannot be read: " + e.getMessage());
    }
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw InvalidInputException.of("image", "is not Base64: " + e.getMessage());
    }
  }

  private static Result describe(ImageInputStream in, ImageReader reader) throws IOException {
    try {
      reader.setInput(in, true, true);
      if ((long) reader.getWidth(0) * reader.getHeight(0) > MOST_PIXELS) {
        throw InvalidInputException.of("image", "has more than " + MOST_PIXELS + " pixels");
      }
      // Your own logic goes here: the picture is unpacked, the credits are held; they are charged
      // when this returns, and given back when it throws.
      BufferedImage picture = reader.read(0);
      return new Result(
          reader.getFormatName().toLowerCase(Locale.ROOT),
          picture.getWidth(),
          picture.getHeight(),
          mainColour(picture));
    } finally {
      reader.dispose();
    }
  }

  private static String mainColour(BufferedImage picture) {
    int width = picture.getWidth();
    int[] pixels = picture.getRGB(0, 0, width, picture.getHeight(), null, 0, width);
    Map<Integer, Long> counts =
        Arrays.stream(pixels)
            .mapToObj(pixel -> pixel & SHADES)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    int colour =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return String.format(Locale.ROOT, "#%06x", colour);
  }
}
