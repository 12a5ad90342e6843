package io.quickscale.rest;

import io.quickscale.problem.Violation;
import io.quickscale.web.PercentEncoding;
import jakarta.ws.rs.QueryParam;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The query parameters that one resource method takes: those that it has annotated with {@link
 * QueryParam}, each read as its type is read, see {@link QueryReaders}.
 */
final class QueryParameters {
  private final Map<String, Function<String, ?>> readers = new TreeMap<>();

  private QueryParameters() {}

  /** Those of a resource method. */
  static QueryParameters of(Method resource) {
    QueryParameters parameters = new QueryParameters();
    Stream.of(resource.getParameters())
        .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
        .forEach(
            parameter ->
                parameters.readers.put(
                    parameter.getAnnotation(QueryParam.class).value(),
                    QueryReaders.find(parameter.getType()).orElse(Function.identity())));
    return parameters;
  }

  /**
   * All that is wrong with a query: names that are not known here, names that come again, values
   * that cannot be read.
   *
   * @param query as it was sent, without the question mark; null if there is none
   */
  List<Violation> violations(String query) {
    List<Violation> found = new ArrayList<>();
    Set<String> seen = new HashSet<>();
    for (String pair : query == null ? new String[0] : query.split("&")) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        check(
            equals < 0 ? pair : pair.substring(0, equals),
            equals < 0 ? "" : pair.substring(equals + 1),
            seen,
            found);
      }
    }
    return found;
  }

  private void check(String sentName, String sentValue, Set<String> seen, List<Violation> found) {
    String name = sentName;
    try {
      name = PercentEncoding.decodeFormData(sentName);
      Function<String, ?> reader = readers.get(name);
      if (reader == null) {
        throw new IllegalArgumentException("is not known here. " + known());
      } else if (!seen.add(name)) {
        throw new IllegalArgumentException("must be given once");
      }
      reader.apply(PercentEncoding.decodeFormData(sentValue));
    } catch (IllegalArgumentException e) {
      found.add(new Violation(name, e.getMessage()));
    }
  }

  private String known() {
    return readers.isEmpty()
        ? "There are no query parameters here."
        : "Known: " + String.join(", ", readers.keySet());
  }
}
