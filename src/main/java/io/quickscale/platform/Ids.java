package io.quickscale.platform;

import io.hypersistence.tsid.TSID;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Ids for rows: 64 bits, sorted by time, made without asking the database. 42 bits are the time in
 * milliseconds, 10 the node, 12 a counter. A node takes its number from the database when it
 * starts, so that two nodes never share one.
 *
 * <p>Outside, an id is a text of 13 characters (Crockford's base 32): a 64-bit number does not
 * survive JavaScript.
 */
@ApplicationScoped
public class Ids {
  private static final int NODES = 1024;

  /** Bits of an id below its time. */
  private static final int TIME_SHIFT = 22;

  private static final long MOST_MILLIS = Long.MAX_VALUE >> TIME_SHIFT;
  private static final Pattern FORM = Pattern.compile("[0-7][0-9A-HJKMNP-TV-Za-hjkmnp-tv-z]{12}");

  @Resource(lookup = "java:comp/env/jdbc/quickscale")
  DataSource dataSource;

  @Inject Clock clock;

  private TSID.Factory factory;

  @PostConstruct
  void takeNodeNumber() {
    try (var connection = dataSource.getConnection();
        PreparedStatement insert =
            connection.prepareStatement(
                "insert into node_start (host) values (?)", new String[] {"id"})) {
      insert.setString(1, "process " + ProcessHandle.current().pid());
      insert.executeUpdate();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        keys.next();
        factory =
            TSID.Factory.builder()
                .withNodeBits(10)
                .withNode((int) (keys.getLong(1) % NODES))
                .withClock(clock)
                .build();
      }
    } catch (SQLException e) {
      throw new IllegalStateException(
          "No node number: the database does not answer as it should", e);
    }
  }

  /** The next id. */
  public long next() {
    return factory.generate().toLong();
  }

  /**
   * A number not above any id made at this moment or later, and above every one made in an earlier
   * millisecond. Before the first and behind the last moment that an id can have, the least and the
   * greatest number.
   */
  public static long from(OffsetDateTime moment) {
    long millis = moment.toInstant().toEpochMilli() - TSID.TSID_EPOCH;
    if (millis > MOST_MILLIS) {
      return Long.MAX_VALUE;
    }
    return Math.max(0, millis) << TIME_SHIFT;
  }

  /** The id as callers see it. */
  public static String format(long id) {
    return TSID.from(id).toString();
  }

  /** The id that a caller gave; empty if it is none. */
  public static OptionalLong parse(String text) {
    return text != null && FORM.matcher(text).matches()
        ? OptionalLong.of(TSID.from(text).toLong())
        : OptionalLong.empty();
  }
}
