package io.quickscale.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the class of a service must be. */
public final class ServiceClassRules<P> {
  private static final List<String> FAULT_TOLERANCE =
      List.of("Timeout", "Retry", "CircuitBreaker", "Bulkhead", "Fallback");

  private final ServiceClass<P> type;
  private final List<BrokenRule<P>> broken = new ArrayList<>();

  private ServiceClassRules(ServiceClass<P> type) {
    this.type = type;
  }

  /** All that is wrong with the class. */
  public static <P> List<BrokenRule<P>> broken(ServiceClass<P> type) {
    ServiceClassRules<P> rules = new ServiceClassRules<>(type);
    rules.check();
    return rules.broken;
  }

  private void check() {
    if (!type.extendsBase()) {
      broken(
          "QS001",
          type.where(),
          "does not extend BaseService",
          "Declare it as 'class %s extends BaseService<Input, Output>'"
              .formatted(type.simpleName()));
      return;
    }
    for (ClassTrait trait : ClassTrait.values()) {
      Optional.ofNullable(type.traits().get(trait)).map(trait::brokenAt).ifPresent(broken::add);
    }
    FAULT_TOLERANCE.stream()
        .filter(type.annotations()::containsKey)
        .forEach(
            name ->
                broken(
                    "QS015",
                    type.annotations().get(name),
                    "has @%s on the class, where it would also repeat run() and its charge"
                        .formatted(name),
                    "Put it on executeService"));
    type.types().ifPresent(this::checkTypes);
  }

  private void checkTypes(List<JavaType<P>> types) {
    if (types.size() != 2 || types.stream().anyMatch(JavaType::isObject)) {
      broken(
          "QS009",
          type.whereTyped(),
          "does not say what goes in and out",
          "Extend BaseService<Input, Output> with types of your own");
      return;
    }
    JavaType<P> input = types.get(0);
    if (input.mayBeRecord()) {
      checkForm("QS010", "input", input);
    } else {
      broken(
          "QS010",
          input.where().orElse(type.whereTyped()),
          "takes " + input.name(),
          "The input must be a record, whose components are the members of the JSON object");
    }
    checkForm("QS011", "output", types.get(1));
  }

  private void checkForm(String code, String role, JavaType<P> found) {
    new JsonForm<P>()
        .misfit(found)
        .ifPresent(
            misfit ->
                broken(
                    code,
                    misfit.where().orElse(type.whereTyped()),
                    "has an %s without a JSON form (%s)".formatted(role, misfit.what()),
                    "Use public records, texts, numbers, booleans, enums, times, lists and maps"));
  }

  private void broken(String code, P where, String what, String remedy) {
    broken.add(new BrokenRule<>(code, where, what, remedy));
  }
}
