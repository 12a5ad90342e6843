/**
 * What operators do. Each operation is one transaction: the change and its entry in the audit log.
 */
package io.quickscale.admin;
