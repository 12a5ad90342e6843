package io.quickscale.admin;

import io.quickscale.access.ApiKeys;
import io.quickscale.access.ApiKeys.NewKey;
import io.quickscale.access.EmailAddress;
import io.quickscale.access.Role;
import io.quickscale.access.User;
import io.quickscale.access.Users;
import io.quickscale.credit.CreditLedger;
import io.quickscale.credit.Credits;
import io.quickscale.credit.GrantKind;
import io.quickscale.credit.LedgerCommand;
import io.quickscale.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.logging.Logger;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * An admin, and a demo user with credits. Random keys are never logged: they go into a file that
 * only its owner can read; {@code scripts/run} shows it once and deletes it.
 */
@ApplicationScoped
class FirstUsers {
  private static final Logger LOG = Logger.getLogger(FirstUsers.class.getName());
  private static final String FILE = "bootstrap-keys.properties";
  private static final Credits DEMO_CREDITS = Credits.parse("100");

  @Inject Users users;
  @Inject ApiKeys keys;
  @Inject CreditLedger ledger;
  @Inject Ids ids;

  @Inject
  @ConfigProperty(name = "quickscale.data-dir", defaultValue = "${java.io.tmpdir}")
  String directory;

  @Transactional
  public void create(Optional<String> adminKey, Optional<String> demoKey) {
    User admin = users.create(EmailAddress.of("admin@localhost"), Role.ADMIN);
    User demo = users.create(EmailAddress.of("demo@localhost"), Role.USER);
    ledger
        .apply(
            new LedgerCommand.Give(
                demo.accountId(),
                ids.next(),
                GrantKind.PROMOTIONAL,
                GrantKind.PROMOTIONAL.defaultPriority(),
                DEMO_CREDITS,
                Optional.empty(),
                "Welcome to QuickScale"))
        .orThrow();
    List<String> shownOnce = new ArrayList<>();
    give(admin, "admin.key", adminKey).ifPresent(shownOnce::add);
    give(demo, "demo.key", demoKey).ifPresent(shownOnce::add);
    if (!shownOnce.isEmpty()) {
      write(shownOnce);
    }
  }

  private Optional<String> give(User user, String name, Optional<String> known) {
    if (known.isPresent()) {
      keys.createKnown(user.id(), known.get(), "bootstrap");
      return Optional.empty();
    }
    NewKey random = keys.create(user.id(), "bootstrap", Optional.empty());
    return Optional.of(name + "=" + random.secret());
  }

  private void write(List<String> lines) {
    Path file = Path.of(directory, FILE);
    try {
      Files.createDirectories(file.getParent());
      Files.deleteIfExists(file);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.write(file, lines);
      LOG.info(
          () -> "The first keys are in " + file.toAbsolutePath() + ": note them and delete it");
    } catch (IOException e) {
      throw new UncheckedIOException(
          "The first keys cannot be written to "
              + file
              + ": set QUICKSCALE_DATA_DIR to a folder that can",
          e);
    }
  }
}
