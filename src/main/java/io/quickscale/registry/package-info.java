/**
 * Which services there are: found by a portable extension at deployment, defined in the database by
 * operators, looked up through {@link io.quickscale.registry.Registry}.
 */
package io.quickscale.registry;
