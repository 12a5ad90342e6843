package «package»;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Gives the fingerprint of a text, by which texts are compared without being shown. */
«annotation»
«class-header»
  /**
   * What callers send, as a JSON object. Add a component for each member, with its constraints;
   * they are checked before the service is called.
   *
   * @param text what to take the fingerprint of, at most 10,000 characters
   */
  public record Input(@NotBlank @Size(max = 10_000) String text) {}

  /**
   * What callers get.
   *
   * @param sha256 the SHA-256 of the text in UTF-8, in hexadecimal
   * @param bytes how many bytes the text has in UTF-8
   */
  public record Result(String sha256, int bytes) {}

  @Override
  @Timeout(2000)
  protected Result executeService(RunContext context, Input input) {
    // Your own logic goes here. The input is valid and the credits are held: they are charged when
    // this returns, and given back when it throws. InvalidInputException is for callers' mistakes.
    byte[] bytes = input.text().getBytes(StandardCharsets.UTF_8);
    return new Result(sha256(bytes), bytes.length);
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
