package io.quickscale.catalog.data;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The JSON Schema format of regular expressions: they are compiled and never run. */
final class RegexFormat implements Format {
  @Override
  public String getName() {
    return "regex";
  }

  @Override
  public String getMessageKey() {
    return "format.regex";
  }

  @Override
  public boolean matches(ExecutionContext execution, String text) {
    try {
      Pattern.compile(text);
      return true;
    } catch (PatternSyntaxException e) {
      return false;
    }
  }
}
