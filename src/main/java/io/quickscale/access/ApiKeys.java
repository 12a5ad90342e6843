package io.quickscale.access;

import io.quickscale.platform.AfterCommit;
import io.quickscale.platform.Ids;
import io.quickscale.platform.LiveValue;
import io.quickscale.platform.Time;
import io.quickscale.platform.Timestamps;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import io.quickscale.service.InvalidInputException;
import jakarta.annotation.PostConstruct;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;

/** The API keys of users. */
@ApplicationScoped
public class ApiKeys {
  private static final int MAX_KEYS = 1000;

  /** How long a rotated key still counts. */
  private static final Duration DEFAULT_GRACE = Duration.ofHours(1);

  private static final Duration MAX_GRACE = Duration.ofDays(365);

  @PersistenceContext EntityManager entities;
  @Inject KeyCache cache;
  @Inject AccessRevision revision;
  @Inject AfterCommit afterCommit;
  @Inject Ids ids;
  @Inject Time time;

  @Inject Config config;

  private LiveValue<Duration> rotationGrace;

  @PostConstruct
  void configure() {
    rotationGrace =
        new LiveValue<>(
            config,
            "quickscale.keys.rotation-grace",
            Duration.class,
            grace -> !grace.isNegative() && grace.compareTo(MAX_GRACE) <= 0,
            "an ISO-8601 duration from PT0S to " + MAX_GRACE);
  }

  /**
   * A key at the only moment when its secret is known.
   *
   * @param secret the whole key, to be shown once
   */
  public record NewKey(ApiKey key, String secret) {}

  /** The user that a key belongs to; empty if it does not count. */
  public Optional<AuthenticatedUser> authenticate(String text) {
    return SecretKey.parse(text).flatMap(this::owner);
  }

  /** A new random key for a user. */
  @Transactional
  public NewKey create(long userId, String name, Optional<OffsetDateTime> wantedEnd) {
    Optional<OffsetDateTime> expiresAt = wantedEnd.map(Timestamps::stored);
    if (expiresAt.filter(end -> !end.isAfter(time.now())).isPresent()) {
      throw InvalidInputException.of("expires_at", "must be in the future");
    }
    if (list(userId).size() >= MAX_KEYS) {
      throw new ConflictProblem("There are " + MAX_KEYS + " keys already, revoked ones included.");
    }
    return store(userId, SecretKey.random(), name, expiresAt);
  }

  /**
   * A key that was chosen beforehand, for bootstrapping.
   *
   * @throws IllegalArgumentException it does not look like a key
   */
  @Transactional
  public NewKey createKnown(long userId, String text, String name) {
    SecretKey key =
        SecretKey.parse(text)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "A bootstrap key must look like qs_<prefix>_<secret>, with a prefix of 1 to 32 letters"
                            + " or digits and a secret of at least 8 letters, digits, - or _"));
    return store(userId, key, name, Optional.empty());
  }

  /** How many keys of all users count now. */
  @Transactional
  public long countActive() {
    return entities
        .createQuery(
            "select count(k) from ApiKey k, User u where u.id = k.userId and u.active = true"
                + " and (k.revokedAt is null or k.revokedAt > :now)"
                + " and (k.expiresAt is null or k.expiresAt > :now)",
            Long.class)
        .setParameter("now", time.now())
        .getSingleResult();
  }

  /** A user's keys, newest first, revoked ones included. */
  @Transactional
  public List<ApiKey> list(long userId) {
    return entities
        .createQuery(
            "select k from ApiKey k where k.userId = :user order by k.id desc", ApiKey.class)
        .setParameter("user", userId)
        .setMaxResults(MAX_KEYS)
        .getResultList();
  }

  /**
   * A key of anybody, locked until the caller's transaction ends: a rotation must not undo a
   * revocation that happens at the same time.
   *
   * @throws NotFoundProblem there is none
   */
  @Transactional
  public ApiKey require(long keyId) {
    return Optional.ofNullable(entities.find(ApiKey.class, keyId, LockModeType.PESSIMISTIC_WRITE))
        .orElseThrow(ApiKeys::noSuchKey);
  }

  /**
   * A key of one user, locked likewise.
   *
   * @throws NotFoundProblem the user has no such key
   */
  @Transactional
  public ApiKey require(long userId, long keyId) {
    ApiKey key = require(keyId);
    if (key.userId() != userId) {
      throw noSuchKey();
    }
    return key;
  }

  private static NotFoundProblem noSuchKey() {
    return new NotFoundProblem("There is no such key.");
  }

  /** Revokes a user's key at once; empty if it did not count any more. */
  @Transactional
  public Optional<ApiKey> revoke(long userId, long keyId) {
    ApiKey key = require(userId, keyId);
    if (!key.countsAt(time.now())) {
      return Optional.empty();
    }
    key.revoke(time.now());
    noteChange();
    return Optional.of(key);
  }

  /**
   * Replaces a user's key by a new one; the old one counts for the grace period.
   *
   * @throws ConflictProblem it is revoked, rotated or expired already
   */
  @Transactional
  public NewKey rotate(long userId, long keyId) {
    ApiKey old = require(userId, keyId);
    if (old.revokedAt().isPresent() || !old.countsAt(time.now())) {
      throw new ConflictProblem(
          "The key is revoked, rotated or expired already. Create a new one.");
    }
    old.revoke(time.now().plus(rotationGrace.orElse(DEFAULT_GRACE)));
    NewKey replacement = create(userId, old.name(), old.expiresAt());
    noteChange();
    return replacement;
  }

  private Optional<AuthenticatedUser> owner(SecretKey key) {
    OffsetDateTime now = time.now();
    return cache
        .find(key.prefix())
        .filter(owner -> key.hasHash(owner.key().secretHash()))
        .filter(owner -> owner.key().countsAt(now) && owner.user().isActive())
        .map(owner -> AuthenticatedUser.of(owner.user(), owner.key()));
  }

  private NewKey store(
      long userId, SecretKey secret, String name, Optional<OffsetDateTime> expiresAt) {
    ApiKey key = new ApiKey(ids.next(), userId, secret, name, expiresAt.orElse(null), time.now());
    entities.persist(key);
    afterCommit.run(() -> cache.added(secret.prefix()));
    return new NewKey(key, secret.reveal());
  }

  private void noteChange() {
    entities.flush();
    revision.advance();
    afterCommit.run(cache::changed);
  }
}
