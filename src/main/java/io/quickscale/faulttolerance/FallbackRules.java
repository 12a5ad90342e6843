package io.quickscale.faulttolerance;

import java.util.List;
import java.util.Optional;

/** What {@code @Fallback} must name: a method or a handler that can stand in for its method. */
public final class FallbackRules {
  private FallbackRules() {}

  /**
   * What is wrong with a fallback.
   *
   * @param annotated the method that has it
   * @param fallbackMethod the name that is given; empty if none is
   * @param handlerResult what the handler's {@code handle} returns; empty if no handler is given
   * @param methods of the class, which may be the fallback
   */
  public static Optional<Mistake> mistake(
      MethodShape annotated,
      String fallbackMethod,
      Optional<String> handlerResult,
      List<MethodShape> methods) {
    if (fallbackMethod.isEmpty() == handlerResult.isEmpty()) {
      return Optional.of(
          new Mistake(
              "@Fallback of %s names %s a handler and a method"
                  .formatted(annotated.name(), fallbackMethod.isEmpty() ? "neither" : "both"),
              "Give one of value and fallbackMethod"));
    }
    return handlerResult.isPresent()
        ? wrongHandler(annotated, handlerResult.get())
        : wrongMethod(annotated, fallbackMethod, methods);
  }

  private static Optional<Mistake> wrongHandler(MethodShape annotated, String result) {
    return MethodShape.isAlike(annotated.result(), result)
        ? Optional.empty()
        : Optional.of(
            new Mistake(
                "@Fallback of %s has a handler of %s".formatted(annotated.name(), result),
                "Let it implement FallbackHandler<%s>".formatted(annotated.result())));
  }

  private static Optional<Mistake> wrongMethod(
      MethodShape annotated, String name, List<MethodShape> methods) {
    List<MethodShape> named = methods.stream().filter(it -> it.name().equals(name)).toList();
    List<MethodShape> alike = named.stream().filter(annotated::takesTheSameAs).toList();
    if (alike.stream().anyMatch(annotated::returnsTheSameAs)) {
      return Optional.empty();
    }
    String what = "@Fallback of %s names the method '%s', which ".formatted(annotated.name(), name);
    String like = "%s %s(%s)".formatted(annotated.result(), name, parameters(annotated));
    if (named.isEmpty()) {
      return Optional.of(new Mistake(what + "is not there", "Add " + like));
    }
    return Optional.of(
        new Mistake(
            what + (alike.isEmpty() ? "takes other parameters" : "returns another type"),
            "Declare it as " + like));
  }

  private static String parameters(MethodShape method) {
    return String.join(", ", method.parameters());
  }
}
