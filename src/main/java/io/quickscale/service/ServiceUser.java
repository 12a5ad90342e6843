package io.quickscale.service;

/**
 * Who runs a service and pays for it.
 *
 * @param id the user's id
 * @param accountId the credit account that pays
 * @param email for people, not for decisions
 */
public record ServiceUser(long id, long accountId, String email) {}
