package io.quickscale.catalog.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.MessageSourceError;
import com.networknt.schema.SchemaContext;
import com.networknt.schema.format.Format;
import com.networknt.schema.keyword.FormatValidator;
import com.networknt.schema.path.NodePath;
import java.util.function.Supplier;

/**
 * A JSON Schema format that no long text has. The formats are checked with backtracking
 * expressions, harmless on what is as short as an address or a date.
 */
record BoundedFormat(Format format) implements Format {
  private static final int MOST_CHARACTERS = 1_000;

  @Override
  public String getName() {
    return format.getName();
  }

  @Override
  public String getMessageKey() {
    return format.getMessageKey();
  }

  @Override
  public boolean matches(ExecutionContext execution, SchemaContext schema, String text) {
    return text.length() <= MOST_CHARACTERS && format.matches(execution, schema, text);
  }

  @Override
  public void validate(
      ExecutionContext execution,
      SchemaContext schema,
      JsonNode value,
      JsonNode root,
      NodePath path,
      boolean assertions,
      Supplier<MessageSourceError.Builder> message,
      FormatValidator validator) {
    if (value.isTextual() && value.textValue().length() > MOST_CHARACTERS) {
      // The library's own way, which asks matches() above.
      Format.super.validate(execution, schema, value, root, path, assertions, message, validator);
    } else {
      format.validate(execution, schema, value, root, path, assertions, message, validator);
    }
  }
}
