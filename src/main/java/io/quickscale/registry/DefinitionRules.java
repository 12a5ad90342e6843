package io.quickscale.registry;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import io.quickscale.credit.Credits;
import io.quickscale.faulttolerance.Mistake;
import io.quickscale.json.JsonTypes;
import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.UnitPrice;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Retry;

/**
 * Reads a service class and says everything that is wrong with it, each with the way to mend it.
 */
final class DefinitionRules {
  private static final int MAX_DESCRIPTION = 2000;

  private final TypeResolver resolver = new TypeResolver();
  private final Class<?> type;
  private final RegisterService annotation;
  private final List<String> mistakes = new ArrayList<>();

  DefinitionRules(Class<?> type) {
    this.type = type;
    this.annotation = type.getAnnotation(RegisterService.class);
  }

  /** All that is wrong; empty if the class is a good service. */
  List<String> mistakes() {
    checkName();
    checkTexts();
    price();
    if (!BaseService.class.isAssignableFrom(type)) {
      mistake(
          "QS001",
          "does not extend BaseService. Declare it as 'class %s extends BaseService<Input, Output>'",
          type.getSimpleName());
    } else {
      checkClass();
      checkTypes();
    }
    return mistakes;
  }

  /** The description of a class without mistakes. */
  ServiceDescriptor descriptor() {
    List<ResolvedType> parameters = parameters();
    @SuppressWarnings("unchecked") // checked by mistakes()
    var serviceClass = (Class<? extends BaseService<?, ?>>) type;
    return new ServiceDescriptor(
        annotation.name(),
        annotation.description(),
        annotation.category(),
        price().orElseThrow(),
        serviceClass,
        inputType(parameters.get(0)),
        parameters.get(1));
  }

  private static Type inputType(ResolvedType input) {
    return input.getTypeParameters().isEmpty() ? input.getErasedType() : input;
  }

  private void checkName() {
    if (!ServiceName.isValid(annotation.name())) {
      mistake(
          "QS002",
          "has the name '%s'. A name is a lower-case letter followed by up to 63 lower-case letters, digits or _",
          annotation.name());
    }
  }

  private void checkTexts() {
    if (annotation.description().length() > MAX_DESCRIPTION) {
      mistake("QS003", "has a description of over %d characters. Shorten it", MAX_DESCRIPTION);
    }
    if (!ServiceName.isValid(annotation.category())) {
      mistake(
          "QS003",
          "has the category '%s'. Use lower-case letters, digits and _",
          annotation.category());
    }
  }

  private void checkClass() {
    if (Modifier.isAbstract(type.getModifiers())) {
      mistake("QS004", "is abstract. Annotate the concrete class instead");
    }
    if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      mistake("QS005", "is an inner class. Make it static or move it to a file of its own");
    }
    if (Modifier.isFinal(type.getModifiers())) {
      mistake("QS006", "is final, so that the container cannot wrap it. Remove 'final'");
    }
    if (!type.isInterface()
        && Stream.of(type.getDeclaredConstructors())
            .noneMatch(c -> c.getParameterCount() == 0 && !Modifier.isPrivate(c.getModifiers()))) {
      mistake("QS007", "has no constructor without parameters. Add one (protected is enough)");
    }
    faultToleranceOnClass()
        .ifPresent(
            annotation ->
                mistake(
                    "QS015",
                    "has @%s on the class, where it would also repeat run() and its charge. Put it on executeService",
                    annotation));
    if (isAsynchronous()) {
      mistake("QS008", "is @Asynchronous. Remove it: the runner and background jobs do this");
    }
    FaultToleranceCheck tolerance = new FaultToleranceCheck(type);
    tolerance.values().forEach(found -> faultTolerance("QS016", found));
    tolerance.fallbacks().forEach(found -> faultTolerance("QS017", found));
  }

  private void faultTolerance(String id, Mistake found) {
    mistake(id, "is wrong: %s. %s", found.what(), found.remedy());
  }

  private Optional<String> faultToleranceOnClass() {
    return Stream.of(type.getAnnotations())
        .map(Annotation::annotationType)
        .filter(found -> found.getPackageName().equals(Retry.class.getPackageName()))
        .filter(found -> found != Asynchronous.class)
        .map(Class::getSimpleName)
        .findFirst();
  }

  private boolean isAsynchronous() {
    return Stream.<Class<?>>iterate(type, level -> level != null, Class::getSuperclass)
        .anyMatch(
            level ->
                level.isAnnotationPresent(Asynchronous.class)
                    || Stream.of(level.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(Asynchronous.class)));
  }

  private void checkTypes() {
    List<ResolvedType> parameters = parameters();
    if (parameters.size() != 2 || parameters.contains(resolver.resolve(Object.class))) {
      mistake(
          "QS009",
          "does not say what goes in and out. Extend BaseService<Input, Output> with types of your own");
      return;
    }
    if (!parameters.get(0).getErasedType().isRecord()) {
      mistake(
          "QS010",
          "takes %s. The input must be a record, whose components are the members of the JSON object",
          parameters.get(0).getBriefDescription());
    } else {
      checkJson("QS010", "input", parameters.get(0));
    }
    checkJson("QS011", "output", parameters.get(1));
  }

  private void checkJson(String id, String role, ResolvedType parameter) {
    Optional<String> misfit = new JsonTypes(resolver).misfit(parameter);
    misfit.ifPresent(
        found ->
            mistake(
                id,
                "has an %s without a JSON form (%s). Use public records, texts, numbers, booleans, enums, times, lists and maps",
                role,
                found));
  }

  private List<ResolvedType> parameters() {
    List<ResolvedType> parameters = resolver.resolve(type).typeParametersFor(BaseService.class);
    return parameters == null ? List.of() : parameters;
  }

  private Optional<Price> price() {
    Optional<Credits> perRun = credits("creditCost", annotation.creditCost());
    List<UnitRate> rates = new ArrayList<>();
    Set<String> units = new HashSet<>();
    for (UnitPrice price : annotation.unitPrices()) {
      if (!units.add(price.unit())) {
        mistake("QS013", "prices the unit '%s' twice. Keep one", price.unit());
      } else {
        rate(price).ifPresent(rates::add);
      }
    }
    return perRun.flatMap(credits -> price(credits, rates));
  }

  private Optional<UnitRate> rate(UnitPrice price) {
    Optional<Credits> perUnit =
        credits("creditsPerUnit of " + price.unit(), price.creditsPerUnit());
    try {
      // With any price, so that a wrong price does not hide what else is wrong.
      UnitRate rate =
          new UnitRate(
              price.unit(), perUnit.orElse(Credits.ZERO), price.included(), price.maximum());
      return perUnit.map(credits -> rate);
    } catch (IllegalArgumentException e) {
      mistake("QS013", "has a wrong price for the unit '%s': %s", price.unit(), e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Price> price(Credits perRun, List<UnitRate> rates) {
    try {
      return Optional.of(new Price(perRun, rates));
    } catch (IllegalArgumentException e) {
      mistake(
          "QS013",
          "can cost more than there are credits. Lower the maximum or the price of its units");
      return Optional.empty();
    }
  }

  private Optional<Credits> credits(String what, String amount) {
    try {
      return Optional.of(Credits.parse(amount));
    } catch (IllegalArgumentException e) {
      mistake("QS012", "has the %s \"%s\", which %s", what, amount, e.getMessage());
      return Optional.empty();
    }
  }

  private void mistake(String id, String text, Object... arguments) {
    mistakes.add(
        "%s: @RegisterService %s %s.".formatted(id, type.getName(), text.formatted(arguments)));
  }
}
