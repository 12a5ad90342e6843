/** Services that check and prepare data. */
package io.quickscale.catalog.data;
