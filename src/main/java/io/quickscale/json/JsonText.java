package io.quickscale.json;

/**
 * A value that has been written as JSON already; goes as it is into whatever it is a part of.
 *
 * @param text JSON
 */
public record JsonText(String text) {}
