package io.quickscale.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.StringJoiner;

/** The text of server-sent events. */
final class EventLines {
  private final InputStream body;
  private final Duration patience;
  private volatile long heardAt = System.nanoTime();
  private volatile boolean isSilent;

  /**
   * Events that come in.
   *
   * @param patience after how long of silence the connection is taken for dead
   */
  EventLines(InputStream body, Duration patience) {
    this.body = body;
    this.patience = patience;
  }

  /** Reads until the last event, or the end. */
  void read(Api.EventReader reader) throws IOException {
    Thread watch = new Thread(this::watch, "silence");
    watch.setDaemon(true);
    watch.start();
    try {
      readEvents(reader);
    } catch (IOException e) {
      throw isSilent ? new IOException("nothing was heard any more", e) : e;
    } finally {
      watch.interrupt();
    }
  }

  private void readEvents(Api.EventReader reader) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8));
    String name = "message";
    String id = null;
    StringJoiner data = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      heardAt = System.nanoTime();
      String value = line.substring(line.indexOf(':') + 1).replaceFirst("^ ", "");
      if (line.isEmpty()) {
        if (data != null && reader.read(new Api.Event(name, id, data.toString()))) {
          return;
        }
        name = "message";
        data = null;
      } else if (line.startsWith("event:")) {
        name = value;
      } else if (line.startsWith("id:")) {
        id = value;
      } else if (line.startsWith("data:")) {
        data = (data == null ? new StringJoiner("\n") : data).add(value);
      }
    }
  }

  /** Ends the connection when nothing comes any more: reading would wait for ever. */
  private void watch() {
    try {
      while (System.nanoTime() - heardAt < patience.toNanos()) {
        Thread.sleep(Math.min(1_000, patience.toMillis()));
      }
      isSilent = true;
      body.close();
    } catch (InterruptedException e) {
      // All is read.
    } catch (IOException e) {
      // It was dead already.
    }
  }
}
