package io.quickscale.definition;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A Java type, as far as its JSON form depends on it. */
public sealed interface JavaType<P> {
  /** For messages. */
  String name();

  /** Where it is declared; empty if that is not in what was read. */
  default Optional<P> where() {
    return Optional.empty();
  }

  /** Whether it is the type that any other is. */
  default boolean isObject() {
    return false;
  }

  /** Whether it is a record, as far as can be told. */
  default boolean mayBeRecord() {
    return false;
  }

  /** A type of which nothing is known: it is left to who knows it. */
  record Unknown<P>(String name) implements JavaType<P> {
    @Override
    public boolean mayBeRecord() {
      return true;
    }
  }

  /** A type that is one JSON value by itself, beside those of the JDK. */
  record Scalar<P>(String name, boolean isEnum, Optional<P> where) implements JavaType<P> {}

  /**
   * A class of the JDK, or a collection or map of one's own.
   *
   * @param arguments the element, or key and value; empty if they are not given
   */
  record Library<P>(Class<?> type, String name, List<JavaType<P>> arguments)
      implements JavaType<P> {
    @Override
    public boolean isObject() {
      return type == Object.class;
    }
  }

  record Array<P>(JavaType<P> element) implements JavaType<P> {
    @Override
    public String name() {
      return element.name() + "[]";
    }
  }

  /**
   * A record or another class of one's own.
   *
   * @param identity equal for equal types; one within itself is looked at once
   * @param simpleName for messages about its members
   * @param kind what it is
   * @param arguments those whose types the members do not have
   * @param members read when they are asked for
   */
  record Declared<P>(
      Object identity,
      String name,
      String simpleName,
      Optional<P> where,
      Kind kind,
      boolean isPublic,
      boolean isComparable,
      List<JavaType<P>> arguments,
      Supplier<List<JavaMember<P>>> members)
      implements JavaType<P> {
    @Override
    public boolean mayBeRecord() {
      return kind == Kind.RECORD || kind == Kind.ENTRY_RECORD;
    }
  }

  /** What a class of one's own is. */
  enum Kind {
    RECORD,
    /** A record that is a {@link java.util.Map.Entry} too. */
    ENTRY_RECORD,
    /** A {@link java.util.Map.Entry} that is no record. */
    ENTRY,
    /** A class that can be made without anything, and filled. */
    BEAN,
    /** What cannot be made. */
    OTHER
  }
}
