package io.quickscale.admin;

import io.quickscale.access.Users;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Makes the first two users when the database has none. Keys given by configuration count only
 * then.
 */
@Singleton
@Startup
@DependsOn("SchemaMigration")
public class Bootstrap {
  @Inject Users users;
  @Inject FirstUsers firstUsers;

  @Inject
  @ConfigProperty(name = "quickscale.bootstrap.admin-key")
  Optional<String> adminKey;

  @Inject
  @ConfigProperty(name = "quickscale.bootstrap.demo-key")
  Optional<String> demoKey;

  @PostConstruct
  @TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
  void start() {
    if (users.exist()) {
      return;
    }
    try {
      firstUsers.create(adminKey, demoKey);
    } catch (RuntimeException e) {
      // Another node that starts at the same time may have been faster.
      if (!users.exist()) {
        throw e;
      }
    }
  }
}
