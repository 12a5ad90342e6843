package io.quickscale.registry;

import io.quickscale.service.RegisterService;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.DefinitionException;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.enterprise.inject.spi.configurator.AnnotatedMethodConfigurator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Finds the classes annotated {@link RegisterService} while the application is deployed, and stops
 * the deployment if one of them is wrong: each mistake is a definition error that names the class
 * and says what to change.
 */
public class ServiceDiscovery implements Extension {
  private final List<Judged> judged = new ArrayList<>();
  private final Map<String, ServiceDescriptor> descriptors = new TreeMap<>();

  private record Judged(Class<?> type, DefinitionRules rules, List<String> mistakes) {}

  /** What was found, by name. */
  Map<String, ServiceDescriptor> descriptors() {
    return descriptors;
  }

  /**
   * The compiler copies annotations to the bridge method that it adds to a generic override;
   * Payara's Fault Tolerance then refuses a fallback there, because of the erased types. Nothing
   * calls the bridge under its annotations: strip them, before any other extension looks.
   */
  <T> void stripBridges(
      @Observes @Priority(1) @WithAnnotations(RegisterService.class)
          ProcessAnnotatedType<T> event) {
    event
        .configureAnnotatedType()
        .filterMethods(method -> method.getJavaMember().isBridge())
        .forEach(AnnotatedMethodConfigurator::removeAll);
  }

  /**
   * Judges a class before any server looks at its Fault Tolerance, and hides that of a wrong one: a
   * server would stop the deployment at once, in its own words, and say nothing of other classes.
   */
  <T> void judge(
      @Observes @Priority(1) @WithAnnotations(RegisterService.class)
          ProcessAnnotatedType<T> event) {
    Class<T> type = event.getAnnotatedType().getJavaClass();
    // The filter also lets types pass that only mention the annotation, on a field for example.
    if (!type.isAnnotationPresent(RegisterService.class)) {
      return;
    }
    DefinitionRules rules = new DefinitionRules(type);
    List<String> mistakes = rules.mistakes();
    judged.add(new Judged(type, rules, mistakes));
    if (!mistakes.isEmpty()) {
      event
          .configureAnnotatedType()
          .remove(FaultToleranceCheck::isFaultTolerance)
          .methods()
          .forEach(method -> method.remove(FaultToleranceCheck::isFaultTolerance));
    }
  }

  void validate(@Observes AfterBeanDiscovery event) {
    judged.sort(Comparator.comparing(found -> found.type().getName()));
    Map<String, Class<?>> names = new HashMap<>();
    for (Judged found : judged) {
      Class<?> type = found.type();
      List<String> mistakes = found.mistakes();
      String name = type.getAnnotation(RegisterService.class).name();
      Class<?> other = names.putIfAbsent(name, type);
      if (other != null) {
        mistakes.add(sameName(other, type, name));
      }
      mistakes.forEach(mistake -> event.addDefinitionError(new DefinitionException(mistake)));
      if (mistakes.isEmpty()) {
        descriptors.put(name, found.rules().descriptor());
      }
    }
  }

  private static String sameName(Class<?> one, Class<?> other, String name) {
    return "QS014: @RegisterService %s and %s have the same name '%s'. Rename one."
        .formatted(one.getName(), other.getName(), name);
  }
}
