package io.quickscale.rest;

import java.util.List;

/**
 * One page of a list.
 *
 * @param nextCursor asks for the next page; missing on the last one
 */
public record Page<T>(List<T> items, String nextCursor) {}
