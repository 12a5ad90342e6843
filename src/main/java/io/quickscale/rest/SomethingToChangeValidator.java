package io.quickscale.rest;

import io.quickscale.json.JsonNames;
import jakarta.validation.ConstraintValidator;
import jakarta.validation.ConstraintValidatorContext;
import java.lang.reflect.RecordComponent;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Checks {@link SomethingToChange}. */
public class SomethingToChangeValidator implements ConstraintValidator<SomethingToChange, Record> {
  @Override
  public boolean isValid(Record change, ConstraintValidatorContext context) {
    RecordComponent[] components = change.getClass().getRecordComponents();
    if (Stream.of(components).anyMatch(component -> valueOf(component, change) != null)) {
      return true;
    }
    String names =
        Stream.of(components)
            .map(component -> JsonNames.snakeCase(component.getName()))
            .collect(Collectors.joining(", "));
    context.disableDefaultConstraintViolation();
    context
        .buildConstraintViolationWithTemplate("changes nothing: give at least one of " + names)
        .addConstraintViolation();
    return false;
  }

  private static Object valueOf(RecordComponent component, Record change) {
    try {
      return component.getAccessor().invoke(change);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("A change must be a public record: " + change.getClass(), e);
    }
  }
}
