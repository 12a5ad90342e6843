/**
 * What can go wrong and how it is named to callers (RFC 9457): one root, one class per problem, no
 * HTTP.
 */
package io.quickscale.problem;
