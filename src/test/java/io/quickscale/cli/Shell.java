package io.quickscale.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Somebody who types commands: a folder, an environment, and what has been shown. */
final class Shell {
  static final String KEY = "qs_test_0123456789abcdef";

  private final Path folder;
  private final Map<String, String> environment = new HashMap<>();
  private String input = "";
  private boolean terminal;

  /** What a command came to. */
  record Result(int exitCode, String out, String err) {
    String all() {
      return out + err;
    }
  }

  Shell(Path folder) {
    this.folder = folder;
    environment.put("HOME", folder.toString());
  }

  /** With a server and a key in the environment. */
  static Shell at(ScriptedServer server, Path folder) {
    return new Shell(folder).set("QUICKSCALE_URL", server.url()).set("QUICKSCALE_API_KEY", KEY);
  }

  Shell set(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  /** What stands on standard input. */
  Shell input(String text) {
    input = text;
    return this;
  }

  /** From now on what is written goes to a terminal. */
  Shell onTerminal() {
    terminal = true;
    return this;
  }

  Path write(String name, String content) {
    try {
      return Files.writeString(folder.resolve(name), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String read(String name) {
    try {
      return Files.readString(folder.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result run(String... arguments) {
    return open().run(arguments);
  }

  /** The tool as it is now around this, for several commands: making it costs more than they do. */
  Tool open() {
    return new Tool();
  }

  /** Takes one command after the other. */
  final class Tool {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final CommandLineTool tool =
        new CommandLineTool(
            new Terminal(
                environment,
                folder,
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintWriter(out),
                new PrintWriter(err),
                terminal,
                terminal,
                80));

    Result run(String... arguments) {
      out.getBuffer().setLength(0);
      err.getBuffer().setLength(0);
      int exitCode = tool.run(arguments);
      return new Result(exitCode, out.toString(), err.toString());
    }
  }
}
