/**
 * What every capability needs of the platform: time, ids, schema migration, metrics, health,
 * management beans. No business word.
 */
package io.quickscale.platform;
