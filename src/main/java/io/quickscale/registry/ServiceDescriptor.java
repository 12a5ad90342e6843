package io.quickscale.registry;

import io.quickscale.service.BaseService;
import java.lang.reflect.Type;

/**
 * What the class of a service says about it.
 *
 * @param defaultPrice the price until an operator sets another
 * @param inputType a record
 */
record ServiceDescriptor(
    String name,
    String description,
    String category,
    Price defaultPrice,
    Class<? extends BaseService<?, ?>> serviceClass,
    Type inputType,
    Type outputType) {}
