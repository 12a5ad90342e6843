/** The one way in which CSV is written, by the server and by the command line. */
package io.quickscale.csv;
