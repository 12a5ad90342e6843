package io.quickscale.rest;

import io.quickscale.json.JsonCodec;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the OpenAPI document to a file, for {@code ./scripts/check-clients}. */
public final class OpenApiFile {
  private OpenApiFile() {}

  public static void main(String[] arguments) throws IOException {
    try (InputStream byHand = OpenApiFile.class.getResourceAsStream("/META-INF/openapi.yaml")) {
      Files.write(Path.of(arguments[0]), new OpenApiDocument(byHand, new JsonCodec(null)).asYaml());
    }
  }
}
