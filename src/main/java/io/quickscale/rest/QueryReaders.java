package io.quickscale.rest;

import io.quickscale.access.EmailAddress;
import io.quickscale.job.JobStatus;
import io.quickscale.platform.Timestamps;
import io.quickscale.run.Usage;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.ext.ParamConverter;
import jakarta.ws.rs.ext.ParamConverterProvider;
import jakarta.ws.rs.ext.Provider;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How each type of query parameter is read. A resource method takes one more by one more parameter
 * of such a type, annotated with {@link QueryParam}; {@link QueryControl} refuses, before the
 * method is called, what cannot be read or is not known there.
 */
@Provider
public class QueryReaders implements ParamConverterProvider {
  /** Readers throw IllegalArgumentException with what is allowed, without a subject: "must be". */
  private static final Map<Class<?>, Function<String, ?>> READERS =
      Map.of(
          Cursor.class, Cursor::of,
          Limit.class, Limit::of,
          ServiceFilter.class, ServiceFilter::of,
          Grouping.class, Grouping::of,
          EmailAddress.class, EmailAddress::of,
          OffsetDateTime.class, Timestamps::parse,
          JobStatus.class, words(JobStatus.values(), JobStatus::word),
          Usage.Status.class, words(Usage.Status.values(), Usage.Status::word));

  /** The reader of a type; empty if the type is not ours to read. */
  static Optional<Function<String, ?>> find(Class<?> type) {
    return Optional.ofNullable(READERS.get(type));
  }

  /** Reads one of a few words. */
  private static <E> Function<String, E> words(E[] values, Function<E, String> word) {
    Map<String, E> byWord = Stream.of(values).collect(Collectors.toMap(word, value -> value));
    String allowed = Stream.of(values).map(word).collect(Collectors.joining(", "));
    return text ->
        Optional.ofNullable(byWord.get(text))
            .orElseThrow(() -> new IllegalArgumentException("must be one of " + allowed));
  }

  @Override
  public <T> ParamConverter<T> getConverter(
      Class<T> type, Type genericType, Annotation[] annotations) {
    return find(type).map(reader -> new Converter<>(type, reader)).orElse(null);
  }

  private record Converter<T>(Class<T> type, Function<String, ?> reader)
      implements ParamConverter<T> {
    @Override
    public T fromString(String text) {
      return text == null ? null : type.cast(reader.apply(text));
    }

    @Override
    public String toString(T value) {
      return value.toString();
    }
  }
}
