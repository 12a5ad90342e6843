package io.quickscale.catalog.data;

import com.networknt.schema.SchemaException;

/**
 * A rule of the request, an expression or a schema, cannot be used. The message is for the caller.
 *
 * <p>A {@link SchemaException} because that is the one the schema library passes on without logging
 * it.
 */
final class BadRuleException extends SchemaException {
  BadRuleException(String message) {
    super(message);
  }
}
