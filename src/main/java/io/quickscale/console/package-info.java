/**
 * Pages for people: what the server shows in a browser. Written on the server, readable without
 * scripts; what they load comes from the WAR itself.
 */
package io.quickscale.console;
