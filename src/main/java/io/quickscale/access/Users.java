package io.quickscale.access;

import io.quickscale.credit.CreditLedger;
import io.quickscale.platform.AfterCommit;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import jakarta.persistence.PersistenceContext;
import jakarta.persistence.TypedQuery;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** The users. */
@ApplicationScoped
public class Users {
  @PersistenceContext EntityManager entities;
  @Inject CreditLedger ledger;
  @Inject KeyCache cache;
  @Inject AccessRevision revision;
  @Inject AfterCommit afterCommit;
  @Inject Ids ids;
  @Inject Time time;

  /**
   * Creates a user and its credit account.
   *
   * @throws ConflictProblem the e-mail address is taken
   */
  @Transactional
  public User create(EmailAddress email, Role role) {
    if (!list(Optional.of(email), Optional.empty(), 1).isEmpty()) {
      throw new ConflictProblem(
          "There is a user with the e-mail address " + email.text() + " already.");
    }
    User user = new User(ids.next(), ledger.openAccount(), email.text(), role, time.now());
    entities.persist(user);
    entities.flush();
    return user;
  }

  /**
   * A user by id.
   *
   * @throws NotFoundProblem there is none
   */
  @Transactional
  public User require(long id) {
    User user = entities.find(User.class, id);
    if (user == null) {
      throw new NotFoundProblem("There is no such user.");
    }
    return user;
  }

  /**
   * Users, newest first.
   *
   * @param email only the one with this address
   * @param before only users older than this one
   */
  @Transactional
  public List<User> list(Optional<EmailAddress> email, Optional<Long> before, int limit) {
    TypedQuery<User> query =
        entities.createQuery(
            "select u from User u where u.id < :before"
                + (email.isPresent() ? " and u.email = :email" : "")
                + " order by u.id desc",
            User.class);
    email.ifPresent(address -> query.setParameter("email", address.text()));
    return query
        .setParameter("before", before.orElse(Long.MAX_VALUE))
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * A user by id as it is behind its lock, which the caller's transaction keeps until its end.
   *
   * @throws NotFoundProblem there is none
   */
  @Transactional
  public User lock(long id) {
    User user = require(id);
    entities.refresh(user, LockModeType.PESSIMISTIC_WRITE);
    return user;
  }

  /**
   * Lets a user in or locks it out, and sets its role; what is empty stays, and what is so already
   * is not written. Counts at once on this node.
   */
  @Transactional
  public User change(long id, Optional<Boolean> active, Optional<Role> role) {
    User user = lock(id);
    if (active.orElse(user.isActive()) != user.isActive()
        || role.orElse(user.role()) != user.role()) {
      active.ifPresent(user::activate);
      role.ifPresent(user::become);
      entities.flush();
      revision.advance();
      afterCommit.run(cache::changed);
    }
    return user;
  }

  /** Whether there are any. */
  @Transactional
  public boolean exist() {
    return !list(Optional.empty(), Optional.empty(), 1).isEmpty();
  }
}
