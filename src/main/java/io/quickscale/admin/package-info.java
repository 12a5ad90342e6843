/**
 * What operators do. Each operation is one transaction: the change and its entry in the audit log,
 * which says who changed what. A new database gets its first users here.
 */
package io.quickscale.admin;
