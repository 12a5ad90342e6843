/**
 * The rules for the definition of a service, about a description of it that is a value. The
 * deployment reads that from classes, the command line from sources.
 */
package io.quickscale.definition;
