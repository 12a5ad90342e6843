package io.quickscale.json;

import com.fasterxml.jackson.databind.PropertyNamingStrategy;
import com.fasterxml.jackson.databind.cfg.MapperConfig;
import com.fasterxml.jackson.databind.introspect.AccessorNamingStrategy;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.introspect.AnnotatedField;
import com.fasterxml.jackson.databind.introspect.AnnotatedMethod;
import com.fasterxml.jackson.databind.introspect.AnnotatedParameter;
import com.fasterxml.jackson.databind.introspect.DefaultAccessorNamingStrategy;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which members Jackson sees, and under which name: the components of records and the fields of
 * other classes, as schemas have them. A method such as {@code isEmpty()} makes no member.
 */
final class MemberNames {
  private MemberNames() {}

  /** Whether a field is a member: of a record each; of another class what others can see of it. */
  static boolean isMember(Field field) {
    Class<?> owner = field.getDeclaringClass();
    if (Modifier.isStatic(field.getModifiers()) || Modifier.isTransient(field.getModifiers())) {
      return false;
    } else if (owner.isRecord() || Modifier.isPublic(field.getModifiers())) {
      return true;
    }
    String name = field.getName();
    String getter = Character.toUpperCase(name.charAt(0)) + name.substring(1);
    return Stream.of(owner.getMethods())
        .filter(method -> method.getParameterCount() == 0)
        .map(Method::getName)
        .anyMatch(method -> method.equals("get" + getter) || method.equals("is" + getter));
  }

  static final class SnakeCase extends PropertyNamingStrategy {
    @Override
    public String nameForField(MapperConfig<?> config, AnnotatedField field, String name) {
      return JsonNames.snakeCase(name);
    }

    @Override
    public String nameForGetterMethod(MapperConfig<?> config, AnnotatedMethod getter, String name) {
      return JsonNames.snakeCase(name);
    }

    @Override
    public String nameForConstructorParameter(
        MapperConfig<?> config, AnnotatedParameter parameter, String name) {
      return JsonNames.snakeCase(name);
    }
  }

  static final class Accessors extends DefaultAccessorNamingStrategy.Provider {
    @Override
    public AccessorNamingStrategy forPOJO(MapperConfig<?> config, AnnotatedClass type) {
      return new NamedLike(Set.of());
    }

    @Override
    public AccessorNamingStrategy forRecord(MapperConfig<?> config, AnnotatedClass type) {
      return new NamedLike(
          Stream.of(type.getRawType().getRecordComponents())
              .map(RecordComponent::getName)
              .collect(Collectors.toSet()));
    }
  }

  /** Methods that are named like a component, and no others. */
  private static final class NamedLike extends AccessorNamingStrategy {
    private final Set<String> components;

    private NamedLike(Set<String> components) {
      this.components = components;
    }

    @Override
    public String findNameForIsGetter(AnnotatedMethod method, String name) {
      return null;
    }

    @Override
    public String findNameForRegularGetter(AnnotatedMethod method, String name) {
      return components.contains(name) ? name : null;
    }

    @Override
    public String findNameForMutator(AnnotatedMethod method, String name) {
      return null;
    }

    @Override
    public String modifyFieldName(AnnotatedField field, String name) {
      return isMember(field.getAnnotated()) ? name : null;
    }
  }
}
