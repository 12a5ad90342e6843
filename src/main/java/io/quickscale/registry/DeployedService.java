package io.quickscale.registry;

import io.quickscale.service.BaseService;
import jakarta.json.JsonObject;

/** A service whose class is here. */
record DeployedService(
    ServiceDescriptor descriptor,
    BaseService<?, ?> instance,
    JsonObject inputSchema,
    JsonObject outputSchema) {}
