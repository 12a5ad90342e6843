package io.quickscale.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import picocli.CommandLine.Help.Ansi;

/** A line that moves, for people who watch; nothing where nobody does. */
final class ProgressBar {
  private static final long REDRAW_NANOS = 100_000_000L;
  private static final long RATE_NANOS = 10_000_000_000L;
  private static final int BAR = 24;

  private final Terminal terminal;
  private final LongSupplier clock;
  private final Deque<Sample> samples = new ArrayDeque<>();
  private long total;
  private long drawnAt;
  private boolean drawn;

  private record Sample(long at, long done) {}

  /**
   * A bar.
   *
   * @param clock nanoseconds
   * @param total what is to be done
   * @param done what is done already
   */
  ProgressBar(Terminal terminal, LongSupplier clock, long total, long done) {
    this.terminal = terminal;
    this.clock = clock;
    this.total = total;
    samples.add(new Sample(clock.getAsLong(), done));
    drawnAt = clock.getAsLong() - REDRAW_NANOS;
  }

  /** Shows how far it is, but not more often than an eye can follow. */
  void show(BatchTotals totals) {
    show(totals.done(), totals.failed(), total);
  }

  /** The same where also what is to be done may change. */
  void show(long done, long failed, long all) {
    total = all;
    long now = clock.getAsLong();
    if (!terminal.errIsTerminal() || now - drawnAt < REDRAW_NANOS) {
      return;
    }
    drawnAt = now;
    drawn = true;
    String text = line(now, done, failed);
    terminal.err().print("\r" + text.substring(0, Math.min(text.length(), terminal.width() - 1)));
    terminal.err().print(terminal.errColours() == Ansi.ON ? "\u001b[K" : " ");
    terminal.err().flush();
  }

  /** Shows the end and goes to the next line. */
  void end(BatchTotals totals) {
    end(totals.done(), totals.failed());
  }

  /** See {@link #end(BatchTotals)}. */
  void end(long done, long failed) {
    drawnAt = clock.getAsLong() - REDRAW_NANOS;
    if (drawn) {
      show(done, failed, total);
      terminal.err().println();
    }
  }

  private String line(long now, long done, long failed) {
    samples.add(new Sample(now, done));
    while (samples.size() > 2 && now - samples.peekFirst().at() > RATE_NANOS) {
      samples.removeFirst();
    }
    double rate = rate();
    int filled = (int) (total == 0 ? BAR : BAR * done / total);
    return "[%s%s] %3d%%  %d/%d  %s  %s%s"
        .formatted(
            "#".repeat(filled),
            "-".repeat(BAR - filled),
            total == 0 ? 100 : 100 * done / total,
            done,
            total,
            rate >= 10 ? Math.round(rate) + "/s" : "%.1f/s".formatted(rate),
            left(rate, total - done),
            failed == 0 ? "" : "  " + failed + " failed");
  }

  private double rate() {
    Sample first = samples.peekFirst();
    Sample last = samples.peekLast();
    long nanos = last.at() - first.at();
    return nanos == 0 ? 0 : (last.done() - first.done()) * 1e9 / nanos;
  }

  private static String left(double rate, long items) {
    if (rate == 0) {
      return "--:-- left";
    }
    long seconds = (long) Math.ceil(items / rate);
    return seconds >= 3600
        ? "%d:%02d:%02d left".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
        : "%d:%02d left".formatted(seconds / 60, seconds % 60);
  }
}
