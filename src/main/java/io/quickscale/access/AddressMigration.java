package io.quickscale.access;

import io.quickscale.platform.Ids;
import jakarta.enterprise.context.Dependent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Logger;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.migration.Context;
import org.flywaydb.core.api.migration.JavaMigration;

/**
 * Gives users from before there was {@link EmailAddress} their address in that form. A user whose
 * address is none any more, or is that of another user by now, keeps it: an operator finds the user
 * by id, and can lock it out.
 */
@Dependent
public class AddressMigration implements JavaMigration {
  private static final Logger LOG = Logger.getLogger(AddressMigration.class.getName());

  @Override
  public MigrationVersion getVersion() {
    return MigrationVersion.fromVersion("7");
  }

  @Override
  public String getDescription() {
    return "email addresses in one form";
  }

  @Override
  public Integer getChecksum() {
    return null;
  }

  @Override
  public boolean canExecuteInTransaction() {
    return true;
  }

  @Override
  public void migrate(Context context) throws SQLException {
    Connection connection = context.getConnection();
    for (Map.Entry<Long, String> user : otherwiseWritten(connection).entrySet()) {
      Optional<EmailAddress> address = EmailAddress.find(user.getValue());
      if (address.isEmpty() || isTaken(connection, address.get())) {
        LOG.warning(
            () ->
                "User %s keeps an e-mail address that %s. Look at /api/v1/admin/users/{id}."
                    .formatted(
                        Ids.format(user.getKey()),
                        address.isEmpty() ? "could not be given now" : "another user has too"));
      } else {
        write(connection, user.getKey(), address.get());
      }
    }
  }

  private static Map<Long, String> otherwiseWritten(Connection connection) throws SQLException {
    Map<Long, String> found = new LinkedHashMap<>();
    try (PreparedStatement select =
            connection.prepareStatement("select id, email from app_user order by id");
        ResultSet rows = select.executeQuery()) {
      while (rows.next()) {
        String email = rows.getString(2);
        if (EmailAddress.find(email).filter(address -> address.text().equals(email)).isEmpty()) {
          found.put(rows.getLong(1), email);
        }
      }
    }
    return found;
  }

  private static boolean isTaken(Connection connection, EmailAddress address) throws SQLException {
    try (PreparedStatement select =
        connection.prepareStatement("select id from app_user where email = ?")) {
      select.setString(1, address.text());
      try (ResultSet rows = select.executeQuery()) {
        return rows.next();
      }
    }
  }

  private static void write(Connection connection, long userId, EmailAddress address)
      throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(
            "update app_user set email = ?, version = version + 1 where id = ?")) {
      update.setString(1, address.text());
      update.setLong(2, userId);
      update.executeUpdate();
    }
  }
}
