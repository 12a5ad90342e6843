package io.quickscale.definition;

import java.util.Optional;

/**
 * A component of a record, or a field of another class that callers can see.
 *
 * @param word "component" or "field"
 * @param where it is declared
 * @param foreignAnnotation the simple name of an annotation of a JSON library on it
 * @param isUnchangeable whether it is a field that cannot be filled
 */
public record JavaMember<P>(
    String word,
    String name,
    P where,
    Optional<String> foreignAnnotation,
    boolean isUnchangeable,
    JavaType<P> type) {}
