package io.quickscale.definition;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The class of a service.
 *
 * @param where its name is
 * @param extendsBase whether it extends BaseService, as far as can be told
 * @param traits what speaks against it, and where
 * @param annotations the simple names of those on the class itself, and where they are
 * @param whereTyped the parameters of BaseService are given
 * @param types the parameters of BaseService: input and output, or fewer if they are not given;
 *     empty if they cannot be told
 */
public record ServiceClass<P>(
    P where,
    String simpleName,
    boolean extendsBase,
    Map<ClassTrait, P> traits,
    Map<String, P> annotations,
    P whereTyped,
    Optional<List<JavaType<P>>> types) {}
