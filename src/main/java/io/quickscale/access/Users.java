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
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Locale;
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
  public User create(String email, Role role) {
    String address = email.toLowerCase(Locale.ROOT);
    if (byEmail(address).isPresent()) {
      throw new ConflictProblem("There is a user with the e-mail address " + address + " already.");
    }
    User user = new User(ids.next(), ledger.openAccount(), address, role, time.now());
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

  @Transactional
  public Optional<User> byEmail(String email) {
    return entities
        .createQuery("select u from User u where u.email = :email", User.class)
        .setParameter("email", email.toLowerCase(Locale.ROOT))
        .getResultStream()
        .findFirst();
  }

  /**
   * Users in the order of their creation.
   *
   * @param after only users behind this one
   */
  @Transactional
  public List<User> list(Optional<Long> after, int limit) {
    return entities
        .createQuery("select u from User u where u.id > :after order by u.id", User.class)
        .setParameter("after", after.orElse(0L))
        .setMaxResults(limit)
        .getResultList();
  }

  /**
   * Lets a user in or locks it out, and sets its role; what is empty stays. Counts at once on this
   * node.
   */
  @Transactional
  public User change(long id, Optional<Boolean> active, Optional<Role> role) {
    User user = require(id);
    entities.refresh(user, LockModeType.PESSIMISTIC_WRITE);
    active.ifPresent(user::activate);
    role.ifPresent(user::become);
    entities.flush();
    revision.advance();
    afterCommit.run(cache::changed);
    return user;
  }

  @Transactional
  boolean exist() {
    return !list(Optional.empty(), 1).isEmpty();
  }
}
