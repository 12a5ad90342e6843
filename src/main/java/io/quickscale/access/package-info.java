/**
 * Who calls and what they may do: users, API keys, roles, authentication, the audit log of changes.
 */
package io.quickscale.access;
