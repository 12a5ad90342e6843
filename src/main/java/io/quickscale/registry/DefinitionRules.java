package io.quickscale.registry;

import com.fasterxml.classmate.ResolvedType;
import io.quickscale.credit.Credits;
import io.quickscale.definition.BrokenRule;
import io.quickscale.definition.RegistrationRules;
import io.quickscale.definition.ServiceClass;
import io.quickscale.definition.ServiceClassRules;
import io.quickscale.faulttolerance.Mistake;
import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads a service class and says everything that is wrong with it, each with the way to mend it.
 */
final class DefinitionRules {
  private final Class<?> type;
  private final ClassReader reader;

  DefinitionRules(Class<?> type) {
    this.type = type;
    this.reader = new ClassReader(type);
  }

  /** All that is wrong; empty if the class is a good service. */
  List<String> mistakes() {
    List<String> mistakes = new ArrayList<>();
    RegistrationRules.broken(reader.registration()).forEach(rule -> mistakes.add(sentence(rule)));
    ServiceClass<Class<?>> found = reader.serviceClass();
    ServiceClassRules.broken(found).forEach(rule -> mistakes.add(sentence(rule)));
    if (found.extendsBase()) {
      FaultToleranceCheck tolerance = new FaultToleranceCheck(type);
      tolerance.values().forEach(mistake -> mistakes.add(sentence("QS016", mistake)));
      tolerance.fallbacks().forEach(mistake -> mistakes.add(sentence("QS017", mistake)));
    }
    return mistakes;
  }

  private String sentence(BrokenRule<Class<?>> rule) {
    return sentence(rule.code(), rule.what(), rule.remedy());
  }

  private String sentence(String code, Mistake mistake) {
    return sentence(code, "is wrong: " + mistake.what(), mistake.remedy());
  }

  private String sentence(String code, String what, String remedy) {
    return "%s: @RegisterService %s %s. %s.".formatted(code, type.getName(), what, remedy);
  }

  /** The description of a class without mistakes. */
  ServiceDescriptor descriptor() {
    RegisterService said = type.getAnnotation(RegisterService.class);
    List<ResolvedType> parameters = reader.inputAndOutput();
    @SuppressWarnings("unchecked") // checked by mistakes()
    var serviceClass = (Class<? extends BaseService<?, ?>>) type;
    return new ServiceDescriptor(
        said.name(),
        said.description(),
        said.category(),
        price(said),
        serviceClass,
        inputType(parameters.get(0)),
        parameters.get(1));
  }

  private static Type inputType(ResolvedType input) {
    return input.getTypeParameters().isEmpty() ? input.getErasedType() : input;
  }

  private static Price price(RegisterService said) {
    List<UnitRate> rates =
        Stream.of(said.unitPrices())
            .map(
                price ->
                    new UnitRate(
                        price.unit(),
                        Credits.parse(price.creditsPerUnit()),
                        price.included(),
                        price.maximum()))
            .toList();
    return new Price(Credits.parse(said.creditCost()), rates);
  }
}
