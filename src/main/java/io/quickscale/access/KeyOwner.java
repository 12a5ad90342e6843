package io.quickscale.access;

/** A key and the user it belongs to. */
record KeyOwner(ApiKey key, User user) {}
