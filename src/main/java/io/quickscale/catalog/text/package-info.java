/** Services that read text. */
package io.quickscale.catalog.text;
