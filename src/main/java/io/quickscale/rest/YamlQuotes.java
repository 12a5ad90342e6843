package io.quickscale.rest;

import com.fasterxml.jackson.dataformat.yaml.util.StringQuotingChecker;
import java.util.regex.Pattern;

/** What YAML would take for a time or a number, though it is a text, is quoted. */
final class YamlQuotes extends StringQuotingChecker.Default {
  private static final long serialVersionUID = 1;
  private static final Pattern TIME = Pattern.compile("\\d{4}-\\d{2}-\\d{2}.*");
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  @Override
  public boolean needToQuoteName(String name) {
    return super.needToQuoteName(name) || NUMBER.matcher(name).matches();
  }

  @Override
  public boolean needToQuoteValue(String value) {
    return super.needToQuoteValue(value) || TIME.matcher(value).matches();
  }
}
