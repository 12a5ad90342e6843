package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a batch is, kept beside its results before the first run: its id, from which the idempotency
 * keys are made, and what it was started with. A second start must be about the same, or the keys
 * would not protect from paying twice. The file is locked while a batch works on it.
 */
final class BatchJournal implements Closeable {
  /** What the API promises. */
  private static final Duration KEYS_ARE_KEPT = Duration.ofHours(24);

  private static final int MAX_BYTES = 1 << 16;
  private static final String END_OF_HEAD = "\n}\n";

  private final FileChannel channel;
  private final Optional<Instant> lastTouched;

  /** Null while nothing was begun. */
  private ObjectNode content;

  private BatchGroups groups;

  /**
   * What a batch is started with.
   *
   * @param userId whose credits pay
   * @param isGrouped whether lines are sent together; if not, each has a key of its own
   */
  record Task(
      String service,
      String url,
      String userId,
      Path input,
      BatchFormat format,
      boolean isGrouped) {}

  private BatchJournal(FileChannel channel, Optional<Instant> lastTouched) {
    this.channel = channel;
    this.lastTouched = lastTouched;
  }

  /**
   * Takes the journal, so that no other batch can work on these results; changes nothing yet.
   *
   * @param replaces whether earlier results may be replaced
   * @throws Failure there are results but no journal, or another batch is at work
   */
  static BatchJournal take(BatchFiles files, boolean replaces) {
    boolean isMadeHere = !Files.exists(files.journal());
    requireNoOthersResults(files, isMadeHere, replaces);
    FileChannel channel = null;
    try {
      channel =
          FileChannel.open(
              files.journal(),
              StandardOpenOption.CREATE,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE);
      lock(channel, files.results());
      boolean isEmpty = channel.size() == 0;
      requireNoOthersResults(files, isEmpty, replaces);
      if (isEmpty) {
        return new BatchJournal(channel, Optional.empty());
      }
      BatchJournal journal = new BatchJournal(channel, Optional.of(lastTouched(files)));
      journal.read(files.journal());
      return journal;
    } catch (IOException e) {
      closeQuietly(channel);
      throw new Failure(
          "The journal %s cannot be written: %s.".formatted(files.journal(), FileTrouble.reason(e)),
          e);
    } catch (Failure e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static void requireNoOthersResults(
      BatchFiles files, boolean isWithoutJournal, boolean replaces) {
    if (isWithoutJournal && Files.exists(files.results())) {
      throw new Failure(
          "%s is there already, without the journal of a batch%s: choose another file with --output."
              .formatted(files.results(), replaces ? ", and is not replaced" : ""));
    }
  }

  private static Instant lastTouched(BatchFiles files) throws IOException {
    return Files.getLastModifiedTime(
            Files.exists(files.results()) ? files.results() : files.journal())
        .toInstant();
  }

  private static void closeQuietly(FileChannel channel) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        // What matters is the failure that is being reported.
      }
    }
  }

  /** Locks a file of a batch, until the channel is closed. */
  static void lock(FileChannel channel, Path results) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Answered below: it is this process that works on it.
    }
    throw new Failure("Another batch is at work on " + results + ".");
  }

  /** Whether nothing was begun yet. */
  boolean isNew() {
    return content == null;
  }

  /** Begins a batch: what it is about is on the disk when this returns. */
  void begin(Task task) {
    try {
      content = describe(task);
      ByteBuffer bytes =
          ByteBuffer.wrap((Json.pretty(content) + "\n").getBytes(StandardCharsets.UTF_8));
      channel.write(bytes, 0);
      channel.truncate(bytes.limit());
      groups = BatchGroups.none(channel, bytes.limit());
      // It must be there before the first run is paid.
      channel.force(true);
    } catch (IOException e) {
      throw new Failure("The journal cannot be written: " + FileTrouble.reason(e) + ".", e);
    }
  }

  private static ObjectNode describe(Task task) throws IOException {
    long bytes = Files.size(task.input());
    ObjectNode head = Json.object().put("batch", UUID.randomUUID().toString());
    if (task.isGrouped()) {
      head.put("sent", "in groups");
    }
    return head.put("service", task.service())
        .put("url", task.url())
        .put("user_id", task.userId())
        .put("input_lines", "of the file")
        .put("input_bytes", bytes)
        .put("input_sha256", digest(task.input(), bytes));
  }

  private void read(Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
    channel.read(buffer, 0);
    String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END_OF_HEAD);
    int length = end < 0 ? buffer.position() : end + END_OF_HEAD.length();
    try {
      String head = new String(buffer.array(), 0, length, StandardCharsets.UTF_8);
      if (Json.read(head) instanceof ObjectNode found && found.has("batch")) {
        content = found;
        groups = BatchGroups.read(channel, length, file);
        return;
      }
    } catch (JsonProcessingException e) {
      // Answered below, like JSON of another kind.
    }
    throw new Failure(file + " is not the journal of a batch: choose another file with --output.");
  }

  /** Which lines are sent together. */
  BatchGroups groups() {
    return groups;
  }

  /** Whether lines are sent together; a batch that an earlier version began sends each alone. */
  boolean isGrouped() {
    return content.has("sent");
  }

  /**
   * To be asked before an earlier start is gone on with.
   *
   * @throws Failure that was about something else
   */
  void requireSame(Task task) {
    try {
      requireSame("service", task.service());
      requireSame("url", task.url());
      requireSame("user_id", task.userId());
      requireSameLines(task);
      requireSameInput(task);
    } catch (IOException e) {
      throw BatchInput.unreadable(task.input(), e);
    }
  }

  /** Lines are part of the idempotency keys; records of CSV were once counted as lines. */
  private void requireSameLines(Task task) {
    if (task.format() == BatchFormat.CSV && !content.has("input_lines")) {
      throw new Failure(
          "This batch began with an earlier version, which counted lines of CSV in another way:"
              + " choose another --output for a new batch, or --restart.");
    }
  }

  private void requireSameInput(Task task) throws IOException {
    long bytes = content.path("input_bytes").asLong();
    String digest = content.path("input_sha256").asText();
    // More lines at the end are welcome.
    if (Files.size(task.input()) < bytes || !digest(task.input(), bytes).equals(digest)) {
      throw new Failure(
          task.input()
              + " has changed since this batch began (lines may only be added at its end):"
              + " choose another --output for a new batch, or --restart.");
    }
  }

  private void requireSame(String member, String now) {
    JsonNode then = content.path(member);
    if (!then.asText().equals(now)) {
      throw new Failure(
          "This batch began with another %s (%s, and not %s): choose another --output for a new batch, or --restart."
              .formatted(member.replace('_', ' '), Texts.of(then), Texts.clean(now)));
    }
  }

  private static String digest(Path file, long bytes) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] buffer = new byte[1 << 16];
      long left = bytes;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        digest.update(buffer, 0, read);
        left -= read;
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  /** Whether the server may have forgotten the idempotency keys of the start before. */
  boolean isOlderThanKeys() {
    return lastTouched
        .filter(then -> then.isBefore(Instant.now().minus(KEYS_ARE_KEPT)))
        .isPresent();
  }

  /**
   * The key that makes the runs of this group happen once, at whichever start.
   *
   * @param items the group's, or those of them that are tried again
   * @param attempt counts runs that failed for a reason that may pass, and were not charged
   */
  String idempotencyKey(BatchGroup group, List<BatchItem> items, int attempt) {
    // A number has never been given to other lines; where there is none, the line stands for it.
    String which = group.number() > 0 ? "g" + group.number() : "" + items.get(0).line();
    return "batch-%s-%s-%s-%d"
        .formatted(content.path("batch").asText(), which, digest(items), attempt);
  }

  private static String digest(List<BatchItem> items) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      items.forEach(item -> digest.update(item.body().getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(digest.digest(), 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
