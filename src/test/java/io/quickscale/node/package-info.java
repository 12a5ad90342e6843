/**
 * A node without a server: the application's own beans in Weld, their transactions on a real
 * database, a clock that is set by hand. Boots in a second, and a test decides how each transaction
 * ends.
 */
package io.quickscale.node;
