package io.quickscale.cli;

import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A key as the API takes it. */
final class IdempotencyKey implements ITypeConverter<String> {
  private static final Pattern FORM = Pattern.compile("[\\x21-\\x7E]{1,255}");

  @Override
  public String convert(String text) {
    if (!FORM.matcher(text).matches()) {
      throw new TypeConversionException(
          "'%s' is no key: it has 1 to 255 characters of ASCII, without blanks"
              .formatted(Texts.clean(text)));
    }
    return text;
  }
}
