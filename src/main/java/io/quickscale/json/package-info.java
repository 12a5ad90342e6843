/**
 * Strict JSON for records: their JSON Schema, reading with a complete list of what is wrong,
 * writing in snake_case.
 */
package io.quickscale.json;
