package io.quickscale.catalog.data;

import com.networknt.schema.ExecutionContext;
import com.networknt.schema.format.Format;
import java.util.function.Predicate;

/** A JSON Schema format with a check of its own. */
record StrictFormat(String name, Predicate<String> check) implements Format {
  /** Mailboxes of this format, at domains or at address literals. */
  static StrictFormat mailbox(Format format) {
    return new StrictFormat(format.getName(), text -> isMailbox(format, text));
  }

  @Override
  public String getName() {
    return name;
  }

  @Override
  public boolean matches(ExecutionContext execution, String text) {
    return check.test(text);
  }

  /** The library's own mailboxes may be at addresses that RFC 5321 does not have. */
  private static boolean isMailbox(Format format, String text) {
    int at = text.lastIndexOf('@');
    String domain = text.substring(at + 1);
    return AddressLiteral.isMeant(domain)
        ? AddressLiteral.isValid(domain)
            && format.matches(null, text.substring(0, at + 1) + "example.org")
        : format.matches(null, text);
  }
}
