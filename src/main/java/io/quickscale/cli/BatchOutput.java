package io.quickscale.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The results of a batch, one on each line, in the order of the inputs. The file is also what tells
 * a later start how far the batch has come: a result counts when its line is complete. It is looked
 * at first, and changed only by {@link #begin}.
 */
final class BatchOutput implements Closeable {
  private final Path file;
  private final BatchRows rows;
  private final BitSet lines = new BitSet();
  private final BitSet failed = new BitSet();
  private BatchTotals totals = new BatchTotals();
  private boolean inOrder = true;

  /** How much of the file stays. */
  private long end;

  private FileChannel channel;

  private BatchOutput(Path file, BatchRows rows) {
    this.file = file;
    this.rows = rows;
  }

  /**
   * Results to go on with: reads what is there.
   *
   * @throws Failure the file cannot be read, or it holds something else
   */
  static BatchOutput resume(Path file, BatchRows rows) {
    BatchOutput output = new BatchOutput(file, rows);
    if (!output.holdsResults()) {
      throw new Failure(
          file + " does not hold results of this batch: choose another file with --output.");
    }
    return output;
  }

  /**
   * Results to begin anew; what is there must be results, in whichever format.
   *
   * @throws Failure the file cannot be read, or it holds something else
   */
  static BatchOutput restart(Path file, BatchRows rows) {
    for (BatchFormat format : BatchFormat.values()) {
      if (new BatchOutput(file, BatchRows.of(format, List.of())).holdsResults()) {
        return new BatchOutput(file, rows);
      }
    }
    throw new Failure(
        file
            + " does not hold results of a batch, and is not replaced: choose another file with --output.");
  }

  private boolean holdsResults() {
    if (!Files.exists(file)) {
      return true;
    }
    try {
      // A character at the end may be cut in half.
      String rest = new String(eachLine(this::count), StandardCharsets.UTF_8);
      return rest.isEmpty() || rows.isBeginning(rest, end == 0);
    } catch (CharacterCodingException | BatchRows.NoResult e) {
      return false;
    } catch (IOException e) {
      throw new Failure(
          "The results in " + file + " cannot be read: " + FileTrouble.reason(e) + ".", e);
    }
  }

  private interface LineReader {
    void read(String text, long start, int bytes) throws BatchRows.NoResult;
  }

  /** Reads each whole line; returns what stands behind the last one. */
  private byte[] eachLine(LineReader reader) throws IOException, BatchRows.NoResult {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      long start = 0;
      for (int b = in.read(); b >= 0; b = in.read()) {
        line.write(b);
        if (b == '\n') {
          reader.read(decode(line).stripTrailing(), start, line.size());
          start += line.size();
          line.reset();
        }
      }
      return line.toByteArray();
    }
  }

  private void count(String text, long start, int bytes) throws BatchRows.NoResult {
    if (start > 0 || !rows.isHeader(text)) {
      BatchRows.Row row = rows.read(text);
      if (has(row.line())) {
        throw new BatchRows.NoResult();
      }
      add(row);
    }
    end = start + bytes;
  }

  private static String decode(ByteArrayOutputStream bytes) throws CharacterCodingException {
    return StandardCharsets.UTF_8
        .newDecoder()
        .decode(ByteBuffer.wrap(bytes.toByteArray()))
        .toString();
  }

  /**
   * Cuts off what was half written, or all if the batch begins anew, and goes on behind it.
   *
   * @throws Failure the file cannot be written, or another batch writes it, by another name
   */
  void begin() {
    try {
      channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      BatchJournal.lock(channel, file);
      channel.truncate(end);
      channel.position(end);
      if (end == 0 && !rows.header().isEmpty()) {
        append(List.of(rows.header()));
      }
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  BatchTotals totals() {
    return totals;
  }

  /** Writes results; they count from now on. */
  void write(List<BatchResult> results) {
    try {
      append(results.stream().map(rows::line).toList());
    } catch (IOException e) {
      throw unwritable(e);
    }
    results.forEach(
        result -> add(new BatchRows.Row(result.line(), result.success(), result.credits())));
  }

  private void append(List<String> lines) throws IOException {
    String text = lines.stream().map(line -> line + "\n").collect(Collectors.joining());
    ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private Failure unwritable(IOException e) {
    return new Failure(
        "The results cannot be written to " + file + ": " + FileTrouble.reason(e) + ".", e);
  }

  private void add(BatchRows.Row row) {
    int index = Math.toIntExact(row.line());
    inOrder &= lines.length() <= index;
    lines.set(index);
    failed.set(index, !row.success());
    totals.add(row.success(), row.credits());
  }

  /** Whether the input on this line has its result. */
  boolean has(long line) {
    return lines.get(Math.toIntExact(line));
  }

  /** The lines whose result is a failure. */
  List<Long> failed() {
    return failed.stream().asLongStream().boxed().toList();
  }

  /** Takes the failures out, so that their lines have no result any more; before {@link #begin}. */
  void dropFailed() {
    try {
      replace(places().stream().filter(place -> !failed.get((int) place.line())).toList());
    } catch (IOException | BatchRows.NoResult e) {
      throw new Failure(
          "The failures cannot be taken out of %s: %s. Nothing has been run."
              .formatted(
                  file, e instanceof IOException io ? FileTrouble.reason(io) : "it has changed"),
          e);
    }
    lines.clear();
    failed.clear();
    totals = new BatchTotals();
    inOrder = true;
    end = 0;
    holdsResults();
  }

  /** Puts results that an interruption has left out of order into the order of the inputs. */
  void sort() {
    if (inOrder) {
      return;
    }
    try {
      List<Place> places = places();
      places.sort(Comparator.comparingLong(Place::line));
      replace(places);
    } catch (IOException | BatchRows.NoResult e) {
      throw new Failure(
          "The results in "
              + file
              + " are complete, but could not be put into the order of the inputs. The same command again tries it.",
          e);
    }
  }

  private static void discard(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      // What matters is the failure that is being reported.
    }
  }

  /** Has just these lines in the file, in one step. */
  private void replace(List<Place> places) throws IOException {
    Path copy = Files.createTempFile(file.getParent(), file.getFileName().toString(), ".sorted");
    try {
      copy(places, copy);
      Files.setPosixFilePermissions(copy, Files.getPosixFilePermissions(file));
      Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      discard(copy);
      throw e;
    }
  }

  private void copy(List<Place> places, Path copy) throws IOException {
    try (RandomAccessFile from = new RandomAccessFile(file.toFile(), "r");
        OutputStream to = new BufferedOutputStream(Files.newOutputStream(copy))) {
      for (Place place : places) {
        byte[] bytes = new byte[place.bytes()];
        from.seek(place.start());
        from.readFully(bytes);
        to.write(bytes);
      }
    }
  }

  /** Where the result of a line stands in the file; what stands before the first has the line 0. */
  private record Place(long line, long start, int bytes) {}

  private List<Place> places() throws IOException, BatchRows.NoResult {
    List<Place> places = new ArrayList<>();
    eachLine(
        (text, start, bytes) -> {
          boolean isHeader = start == 0 && rows.isHeader(text);
          places.add(new Place(isHeader ? 0 : rows.read(text).line(), start, bytes));
        });
    return places;
  }

  @Override
  public void close() throws IOException {
    if (channel != null) {
      channel.close();
    }
  }
}
