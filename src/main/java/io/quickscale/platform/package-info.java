/**
 * What every capability needs of the platform: time, ids, schema migration, health, management
 * beans. No business word.
 */
package io.quickscale.platform;
