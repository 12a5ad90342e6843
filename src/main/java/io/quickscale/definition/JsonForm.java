package io.quickscale.definition;

import io.quickscale.definition.JavaType.Array;
import io.quickscale.definition.JavaType.Declared;
import io.quickscale.definition.JavaType.Library;
import io.quickscale.definition.JavaType.Scalar;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Tells which Java types have a JSON form: what is written of one can be read again. Goes through
 * records, collections and type parameters.
 */
public final class JsonForm<P> {
  private final Set<Object> seen = new HashSet<>();

  /**
   * What has no JSON form.
   *
   * @param where the member, or the declaration of the type; empty if neither was read
   * @param what the way to it, and its name
   */
  public record Misfit<P>(Optional<P> where, String what) {}

  /** The first type in here that has none; empty if all have one. */
  public Optional<Misfit<P>> misfit(JavaType<P> type) {
    if (type instanceof Array<P> array) {
      return misfitInArray(array);
    } else if (type instanceof Library<P> library) {
      return misfitInLibrary(library);
    } else if (type instanceof Declared<P> declared) {
      return first(declared.arguments().stream().map(this::misfitInside))
          .or(() -> misfitInDeclared(declared));
    }
    return Optional.empty();
  }

  private Optional<Misfit<P>> misfitInArray(Array<P> array) {
    return array.element() instanceof Library<P> element && element.type() == char.class
        ? misfit("char[], for which there is String")
        : misfitInside(array.element());
  }

  private Optional<Misfit<P>> misfitInLibrary(Library<P> type) {
    Class<?> raw = type.type();
    if (JdkTypes.isSimple(raw)) {
      return Optional.empty();
    } else if (raw == Optional.class) {
      return first(type.arguments().stream().map(this::misfitInside));
    } else if (!(JdkTypes.isMap(raw) || JdkTypes.isCollection(raw)) || !JdkTypes.canBeFilled(raw)) {
      return misfit(type.name());
    }
    List<JavaType<P>> arguments = type.arguments();
    if (JdkTypes.isMap(raw) && arguments.size() == 2) {
      return misfitInKey(arguments.get(0))
          .or(() -> misfitInOrder(type, arguments.get(0)))
          .or(() -> misfitInside(arguments.get(1)));
    }
    return first(
        arguments.stream().map(one -> misfitInOrder(type, one).or(() -> misfitInside(one))));
  }

  private static <P> Optional<Misfit<P>> misfitInKey(JavaType<P> key) {
    boolean isKey =
        key instanceof Library<P> library
            ? JdkTypes.isKey(library.type())
            : key instanceof Scalar<P> scalar ? scalar.isEnum() : key instanceof JavaType.Unknown;
    return isKey
        ? Optional.empty()
        : misfit(key.name() + " as the key of a map, which is a text in JSON");
  }

  private static <P> Optional<Misfit<P>> misfitInOrder(Library<P> many, JavaType<P> element) {
    return JdkTypes.isSorted(many.type()) && !isComparable(element)
        ? misfit(element.name() + " is not Comparable")
        : Optional.empty();
  }

  private static boolean isComparable(JavaType<?> type) {
    if (type instanceof Library<?> library) {
      return Comparable.class.isAssignableFrom(library.type());
    } else if (type instanceof Scalar<?> scalar) {
      return scalar.isEnum();
    } else if (type instanceof Declared<?> declared) {
      return declared.isComparable();
    }
    return type instanceof JavaType.Unknown;
  }

  /** What is inside another: a null there would say nothing. */
  private Optional<Misfit<P>> misfitInside(JavaType<P> content) {
    return content instanceof Library<P> library
            && library.type().getName().startsWith("java.util.Optional")
        ? misfit("an Optional inside another type")
        : misfit(content);
  }

  private Optional<Misfit<P>> misfitInDeclared(Declared<P> type) {
    if (!seen.add(type.identity())) {
      return Optional.empty();
    } else if (!type.isPublic()) {
      return misfit(type, type.name() + " is not public");
    }
    return switch (type.kind()) {
      case ENTRY, ENTRY_RECORD ->
          misfit(type, type.name() + " is a Map.Entry, which is written as one member");
      case RECORD, BEAN -> first(type.members().get().stream().map(one -> misfit(type, one)));
      case OTHER -> misfit(type, type.name());
    };
  }

  private Optional<Misfit<P>> misfit(Declared<P> owner, JavaMember<P> member) {
    Optional<Misfit<P>> found =
        member
            .foreignAnnotation()
            .<Misfit<P>>flatMap(name -> misfit("@" + name + " has no effect here, remove it"));
    if (found.isEmpty() && member.isUnchangeable()) {
      found = misfit("is final, so that it cannot be read");
    }
    return found
        .or(() -> misfit(member.type()))
        .map(
            misfit ->
                new Misfit<>(
                    misfit.where().or(() -> Optional.of(member.where())),
                    "%s '%s' of %s: %s"
                        .formatted(
                            member.word(), member.name(), owner.simpleName(), misfit.what())));
  }

  private static <P> Optional<Misfit<P>> misfit(String what) {
    return Optional.of(new Misfit<>(Optional.empty(), what));
  }

  private static <P> Optional<Misfit<P>> misfit(Declared<P> type, String what) {
    return Optional.of(new Misfit<>(type.where(), what));
  }

  private static <P> Optional<Misfit<P>> first(Stream<Optional<Misfit<P>>> misfits) {
    return misfits.flatMap(Optional::stream).findFirst();
  }
}
