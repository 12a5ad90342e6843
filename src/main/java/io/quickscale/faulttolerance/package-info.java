/**
 * What a Fault Tolerance annotation must be, so that it means the same on every server. The
 * deployment asks it about classes, the command line about sources.
 */
package io.quickscale.faulttolerance;
