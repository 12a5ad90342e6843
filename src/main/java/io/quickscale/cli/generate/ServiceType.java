package io.quickscale.cli.generate;

import java.util.Locale;

/** What a generated service does until its author changes it. */
public enum ServiceType {
  BASIC("general", "Gives the SHA-256 fingerprint of a text."),
  TEXT_PROCESSING("text", "Counts the words and sentences of a text."),
  IMAGE_PROCESSING("image", "Gives the format, the size and the main colour of a picture."),
  DATA_PROCESSING("data", "Sums up numbers: mean, median, deviation and extremes.");

  private final String category;
  private final String description;

  ServiceType(String category, String description) {
    this.category = category;
    this.description = description;
  }

  /** The word for it on the command line. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The category that its services are registered with. */
  public String category() {
    return category;
  }

  /** What it does as it is generated. */
  public String description() {
    return description;
  }
}
