package io.quickscale.registry;

import com.fasterxml.classmate.ResolvedType;
import com.fasterxml.classmate.TypeResolver;
import io.quickscale.definition.ClassTrait;
import io.quickscale.definition.Registration;
import io.quickscale.definition.ServiceClass;
import io.quickscale.definition.UnitPricing;
import io.quickscale.json.TypeReader;
import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.UnitPrice;
import java.lang.annotation.Annotation;
import java.lang.reflect.Modifier;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Asynchronous;

/** Reads the definition of a service from its class. */
final class ClassReader {
  private final TypeResolver resolver = new TypeResolver();
  private final Class<?> type;

  ClassReader(Class<?> type) {
    this.type = type;
  }

  /** What its annotation says. */
  Registration<Class<?>> registration() {
    RegisterService said = type.getAnnotation(RegisterService.class);
    return new Registration<>(
        type,
        Optional.of(said.name()),
        Optional.of(said.description()),
        Optional.of(said.category()),
        Optional.of(said.creditCost()),
        Stream.of(said.unitPrices()).map(this::unitPricing).toList());
  }

  private UnitPricing<Class<?>> unitPricing(UnitPrice price) {
    return new UnitPricing<>(
        type,
        Optional.of(price.unit()),
        Optional.of(price.creditsPerUnit()),
        Optional.of(price.included()),
        Optional.of(price.maximum()));
  }

  /** What the class is. */
  ServiceClass<Class<?>> serviceClass() {
    TypeReader types = new TypeReader(resolver);
    return new ServiceClass<>(
        type,
        type.getSimpleName(),
        BaseService.class.isAssignableFrom(type),
        traits(),
        toleranceOnClass(),
        type,
        Optional.of(inputAndOutput().stream().map(types::read).toList()));
  }

  /** The parameters of BaseService; empty if they are not given. */
  List<ResolvedType> inputAndOutput() {
    List<ResolvedType> parameters = resolver.resolve(type).typeParametersFor(BaseService.class);
    return parameters == null ? List.of() : parameters;
  }

  private Map<ClassTrait, Class<?>> traits() {
    Map<ClassTrait, Class<?>> found = new EnumMap<>(ClassTrait.class);
    if (Modifier.isAbstract(type.getModifiers())) {
      found.put(ClassTrait.ABSTRACT, type);
    }
    if (type.isMemberClass() && !Modifier.isStatic(type.getModifiers())) {
      found.put(ClassTrait.INNER, type);
    }
    if (Modifier.isFinal(type.getModifiers())) {
      found.put(ClassTrait.FINAL, type);
    }
    if (Stream.of(type.getDeclaredConstructors())
        .noneMatch(c -> c.getParameterCount() == 0 && !Modifier.isPrivate(c.getModifiers()))) {
      found.put(ClassTrait.WITHOUT_CONSTRUCTOR, type);
    }
    if (isAsynchronous()) {
      found.put(ClassTrait.ASYNCHRONOUS, type);
    }
    return found;
  }

  private boolean isAsynchronous() {
    return Stream.<Class<?>>iterate(type, level -> level != null, Class::getSuperclass)
        .anyMatch(
            level ->
                level.isAnnotationPresent(Asynchronous.class)
                    || Stream.of(level.getDeclaredMethods())
                        .anyMatch(method -> method.isAnnotationPresent(Asynchronous.class)));
  }

  private Map<String, Class<?>> toleranceOnClass() {
    Map<String, Class<?>> found = new HashMap<>();
    for (Annotation annotation : type.getAnnotations()) {
      if (FaultToleranceCheck.isFaultTolerance(annotation)) {
        found.put(annotation.annotationType().getSimpleName(), type);
      }
    }
    return found;
  }
}
