/** Who calls and what they may do: users, API keys, roles, authentication. */
package io.quickscale.access;
