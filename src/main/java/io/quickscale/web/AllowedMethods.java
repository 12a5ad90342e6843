package io.quickscale.web;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The header Allow as it is true here. Servers list TRACE, which {@link RequestLineFilter} refuses,
 * and leave out HEAD, which is answered wherever GET is.
 */
final class AllowedMethods {
  /** In this order; no path takes others. */
  private static final List<String> KNOWN =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private AllowedMethods() {}

  /**
   * Corrects a list.
   *
   * @param said methods between commas, in any order, also more than once
   */
  static String of(String said) {
    Set<String> methods =
        Arrays.stream(said.split(",")).map(String::strip).collect(Collectors.toSet());
    return KNOWN.stream()
        .filter(method -> isAllowed(method, methods))
        .collect(Collectors.joining(", "));
  }

  private static boolean isAllowed(String method, Set<String> said) {
    return switch (method) {
      case "HEAD" -> said.contains("GET") || said.contains("HEAD");
      case "OPTIONS" -> true;
      default -> said.contains(method);
    };
  }
}
