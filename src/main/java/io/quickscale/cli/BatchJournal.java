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

  private final FileChannel channel;
  private final Optional<Instant> lastTouched;
  private final ObjectNode content;

  /**
   * What a batch is started with.
   *
   * @param userId whose credits pay
   */
  record Task(String service, String url, String userId, Path input) {}

  private BatchJournal(FileChannel channel, Optional<Instant> lastTouched, ObjectNode content) {
    this.channel = channel;
    this.lastTouched = lastTouched;
    this.content = content;
  }

  static Path besides(Path output) {
    return output.resolveSibling(output.getFileName() + ".journal");
  }

  /**
   * The journal of these results: a new one, or that of an earlier start.
   *
   * @throws Failure the earlier start was about something else, or is still at work
   */
  static BatchJournal open(Path output, Task task) {
    Path file = besides(output);
    FileChannel channel = null;
    try {
      boolean resumed = Files.exists(file) && Files.size(file) > 0;
      if (!resumed && Files.exists(output)) {
        throw new Failure(
            output + " is there already: choose another file with --output, or --restart.");
      }
      channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      lock(channel, output);
      BatchJournal journal =
          new BatchJournal(
              channel,
              resumed ? Optional.of(lastTouched(file, output)) : Optional.empty(),
              resumed ? read(channel, file) : describe(task));
      if (resumed) {
        journal.requireSame(task);
      } else {
        journal.save();
      }
      return journal;
    } catch (IOException e) {
      closeQuietly(channel);
      throw new Failure("The journal " + file + " cannot be written: " + e.getMessage(), e);
    } catch (Failure e) {
      closeQuietly(channel);
      throw e;
    }
  }

  private static Instant lastTouched(Path journal, Path output) throws IOException {
    return Files.getLastModifiedTime(Files.exists(output) ? output : journal).toInstant();
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

  private static void lock(FileChannel channel, Path output) throws IOException {
    try {
      if (channel.tryLock() != null) {
        return;
      }
    } catch (OverlappingFileLockException e) {
      // Answered below: it is this process that works on it.
    }
    throw new Failure("Another batch is at work on " + output + ".");
  }

  private static ObjectNode describe(Task task) throws IOException {
    long bytes = Files.size(task.input());
    return Json.object()
        .put("batch", UUID.randomUUID().toString())
        .put("service", task.service())
        .put("url", task.url())
        .put("user_id", task.userId())
        .put("input_bytes", bytes)
        .put("input_sha256", digest(task.input(), bytes));
  }

  private static ObjectNode read(FileChannel channel, Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate(MAX_BYTES);
    channel.read(buffer, 0);
    try {
      String text = new String(buffer.array(), 0, buffer.position(), StandardCharsets.UTF_8);
      if (Json.read(text) instanceof ObjectNode content && content.has("batch")) {
        return content;
      }
    } catch (JsonProcessingException e) {
      // Answered below, like JSON of another kind.
    }
    throw new Failure(file + " is not the journal of a batch: choose another file with --output.");
  }

  private void requireSame(Task task) throws IOException {
    requireSame("service", task.service());
    requireSame("url", task.url());
    requireSame("user_id", task.userId());
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

  private void save() throws IOException {
    channel.write(
        ByteBuffer.wrap((Json.pretty(content) + "\n").getBytes(StandardCharsets.UTF_8)), 0);
    // It must be there before the first run is paid.
    channel.force(true);
  }

  /** Whether an earlier start had begun it. */
  boolean resumed() {
    return lastTouched.isPresent();
  }

  /** Whether the server may have forgotten the idempotency keys of the start before. */
  boolean isOlderThanKeys() {
    return lastTouched
        .filter(then -> then.isBefore(Instant.now().minus(KEYS_ARE_KEPT)))
        .isPresent();
  }

  /**
   * The key that makes a run of this input happen once, at whichever start.
   *
   * @param attempt counts runs that failed for a reason that may pass, and were not charged
   */
  String idempotencyKey(BatchItem item, int attempt) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(item.body().getBytes(StandardCharsets.UTF_8));
      return "batch-%s-%d-%s-%d"
          .formatted(
              content.path("batch").asText(),
              item.line(),
              HexFormat.of().formatHex(digest, 0, 8),
              attempt);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java platform has SHA-256", e);
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
