package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.LongPredicate;

/**
 * Which lines were sent together, written down before they are sent: a later start must send the
 * same lines with the same key, or it would pay them twice. A record a line, behind the journal's
 * head: {@code {"groups":[{"group":3,"lines":"1-99,101"}],"refused":2}}. The last group that names
 * a line is the one that its result comes from; of a group that was refused nothing has run.
 */
final class BatchGroups {
  private final FileChannel channel;
  private final List<Recorded> before = new ArrayList<>();
  private final BitSet refused = new BitSet();
  private long end;
  private int last;

  private record Recorded(int number, List<Long> lines) {}

  /**
   * A group of an earlier start whose results are not all there.
   *
   * @param lines all that were sent together
   * @param wanted those whose results are to be had from it
   */
  record Unfinished(int number, List<Long> lines, Set<Long> wanted) {}

  private BatchGroups(FileChannel channel, long end) {
    this.channel = channel;
    this.end = end;
  }

  /** None yet; they are going to be written from this place of the file on. */
  static BatchGroups none(FileChannel channel, long begin) {
    return new BatchGroups(channel, begin);
  }

  /**
   * Those of earlier starts. What was half written was not sent, and is written over.
   *
   * @param begin where they begin in the file
   * @throws Failure it has something else in it
   */
  static BatchGroups read(FileChannel channel, long begin, Path file) throws IOException {
    BatchGroups groups = new BatchGroups(channel, begin);
    ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(channel.size() - begin));
    while (bytes.hasRemaining() && channel.read(bytes, begin + bytes.position()) >= 0) {
      // A channel may give less than it is asked for.
    }
    int start = 0;
    for (int i = 0; i < bytes.position(); i++) {
      if (bytes.get(i) == '\n') {
        groups.add(new String(bytes.array(), start, i - start, StandardCharsets.UTF_8), file);
        start = i + 1;
      }
    }
    groups.end = begin + start;
    return groups;
  }

  private void add(String line, Path file) {
    try {
      JsonNode entry = Json.read(line);
      for (JsonNode group : entry.path("groups")) {
        last = group.path("group").asInt();
        before.add(new Recorded(last, lines(group.path("lines").asText())));
      }
      refused.set(entry.path("refused").asInt());
    } catch (JsonProcessingException | IllegalArgumentException e) {
      throw new Failure(
          file + " is not the journal of a batch: choose another file with --output.", e);
    }
  }

  private static List<Long> lines(String ranges) {
    List<Long> lines = new ArrayList<>();
    for (String range : ranges.split(",")) {
      String[] ends = range.split("-");
      for (long line = Long.parseLong(ends[0]);
          line <= Long.parseLong(ends[ends.length - 1]);
          line++) {
        lines.add(line);
      }
    }
    return lines;
  }

  private static String ranges(List<Long> lines) {
    StringJoiner ranges = new StringJoiner(",");
    for (int i = 0; i < lines.size(); i++) {
      long from = lines.get(i);
      while (i + 1 < lines.size() && lines.get(i + 1) == lines.get(i) + 1) {
        i++;
      }
      ranges.add(from == lines.get(i) ? "" + from : from + "-" + lines.get(i));
    }
    return ranges.toString();
  }

  /**
   * What earlier starts have left unfinished, by the first line of each.
   *
   * @param isDone whether a line has its result
   */
  synchronized List<Unfinished> unfinished(LongPredicate isDone) {
    BitSet taken = new BitSet();
    List<Unfinished> unfinished = new ArrayList<>();
    for (int i = before.size() - 1; i >= 0; i--) {
      Recorded group = before.get(i);
      Set<Long> wanted = new HashSet<>();
      for (long line : group.lines()) {
        if (!taken.get((int) line) && !isDone.test(line)) {
          wanted.add(line);
        }
        taken.set((int) line);
      }
      if (!wanted.isEmpty() && !refused.get(group.number())) {
        unfinished.add(new Unfinished(group.number(), group.lines(), wanted));
      }
    }
    unfinished.sort(Comparator.comparing(group -> group.lines().get(0)));
    return unfinished;
  }

  /**
   * Writes down what is sent together from now on; it is on the disk when this returns.
   *
   * @param refused the group that the server has refused as a whole, in whose place these are; 0
   *     for none
   * @return the number of the first; the others count on
   */
  synchronized int write(List<List<Long>> groups, int refused) {
    int first = last + 1;
    ObjectNode entry = Json.object();
    ArrayNode written = entry.putArray("groups");
    for (List<Long> lines : groups) {
      before.add(new Recorded(++last, lines));
      written.addObject().put("group", last).put("lines", ranges(lines));
    }
    if (refused > 0) {
      this.refused.set(refused);
      entry.put("refused", refused);
    }
    append(Json.line(entry) + "\n");
    return first;
  }

  private void append(String line) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
      channel.truncate(end);
      while (bytes.hasRemaining()) {
        channel.write(bytes, end + bytes.position());
      }
      end += bytes.limit();
      channel.force(false);
    } catch (IOException e) {
      throw new Failure("The journal cannot be written: " + FileTrouble.reason(e) + ".", e);
    }
  }
}
