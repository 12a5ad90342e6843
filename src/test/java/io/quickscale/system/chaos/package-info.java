/** What crash tests add to the WAR under test: a service to load it with, and points to die at. */
package io.quickscale.system.chaos;
