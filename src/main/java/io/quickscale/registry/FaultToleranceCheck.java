package io.quickscale.registry;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import io.quickscale.faulttolerance.AnnotationMembers;
import io.quickscale.faulttolerance.AnnotationRules;
import io.quickscale.faulttolerance.FallbackRules;
import io.quickscale.faulttolerance.MethodShape;
import io.quickscale.faulttolerance.Mistake;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.FallbackHandler;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * What is wrong with the Fault Tolerance annotations on a class's methods. Each server would find
 * some of it too, each in its own words.
 */
final class FaultToleranceCheck {
  private static final String PACKAGE = Retry.class.getPackageName();

  private final Class<?> type;

  FaultToleranceCheck(Class<?> type) {
    this.type = type;
  }

  static boolean isFaultTolerance(Annotation annotation) {
    return annotation.annotationType().getPackageName().equals(PACKAGE);
  }

  /** Wrong numbers, units and times. */
  List<Mistake> values() {
    return methods()
        .flatMap(method -> Stream.of(method.getAnnotations()))
        .filter(FaultToleranceCheck::isFaultTolerance)
        .flatMap(annotation -> AnnotationRules.mistakes(members(annotation)).stream())
        .toList();
  }

  /** Fallbacks that cannot stand in for their method. */
  List<Mistake> fallbacks() {
    return methods()
        .filter(method -> method.isAnnotationPresent(Fallback.class))
        .flatMap(method -> fallback(method).stream())
        .toList();
  }

  private Optional<Mistake> fallback(Method method) {
    Fallback fallback = method.getAnnotation(Fallback.class);
    return FallbackRules.mistake(
        shape(method),
        fallback.fallbackMethod(),
        handlerResult(fallback.value()),
        methods().map(FaultToleranceCheck::shape).toList());
  }

  private static Optional<String> handlerResult(Class<? extends FallbackHandler<?>> handler) {
    if (handler == Fallback.DEFAULT.class) {
      return Optional.empty();
    }
    List<ResolvedType> parameters =
        new TypeResolver().resolve(handler).typeParametersFor(FallbackHandler.class);
    return Optional.of(
        parameters.isEmpty() ? MethodShape.ANY : written(parameters.get(0).getBriefDescription()));
  }

  private static AnnotationMembers members(Annotation annotation) {
    Map<String, Optional<Object>> given = new HashMap<>();
    for (Method member : annotation.annotationType().getDeclaredMethods()) {
      Object value = value(annotation, member);
      given.put(member.getName(), Optional.of(value instanceof Enum<?> unit ? unit.name() : value));
    }
    return new AnnotationMembers(annotation.annotationType().getSimpleName(), given);
  }

  private static Object value(Annotation annotation, Method member) {
    try {
      return member.invoke(annotation);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot read " + annotation, e);
    }
  }

  /** Those of the class and what it can call of those above it. */
  private Stream<Method> methods() {
    Stream<Class<?>> levels =
        Stream.iterate(type, level -> level != null, level -> level.getSuperclass());
    return levels
        .flatMap(level -> Stream.concat(Stream.of(level), Stream.of(level.getInterfaces())))
        .filter(level -> level != Object.class)
        .flatMap(level -> Stream.of(level.getDeclaredMethods()))
        .filter(method -> !method.isSynthetic())
        .filter(
            method ->
                method.getDeclaringClass() == type || !Modifier.isPrivate(method.getModifiers()));
  }

  private static MethodShape shape(Method method) {
    return new MethodShape(
        method.getName(),
        Arrays.stream(method.getGenericParameterTypes()).map(FaultToleranceCheck::name).toList(),
        name(method.getGenericReturnType()));
  }

  /** A type with variables in it may be any: only the server resolves them. */
  private static String name(Type type) {
    if (type instanceof Class<?> found) {
      return written(found.getTypeName());
    }
    return type instanceof ParameterizedType found
            && Stream.of(found.getActualTypeArguments())
                .map(it -> name(it))
                .noneMatch(MethodShape.ANY::equals)
        ? written(type.getTypeName())
        : MethodShape.ANY;
  }

  private static String written(String type) {
    return type.replace(" ", "").replace('$', '.');
  }
}
