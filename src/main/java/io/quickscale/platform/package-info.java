/**
 * What every capability needs of the platform: time, ids, schema migration, metrics, health. No
 * business word.
 */
package io.quickscale.platform;
