package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The servers that a user has given names, with a key each, in a file of the user's configuration
 * folder that nobody else can read.
 */
final class Profiles {
  private static final String CURRENT = "current";
  private static final String PROFILES = "profiles";

  private final Path file;
  private final ObjectNode content;

  /** A server with a name. The key is never shown. */
  record Profile(String name, URI url, Optional<String> key, boolean current) {
    /** Without the key. */
    @Override
    public String toString() {
      return name + " " + url;
    }
  }

  private Profiles(Path file, ObjectNode content) {
    this.file = file;
    this.content = content;
  }

  /**
   * The user's profiles; none if there is no file.
   *
   * @throws Failure others can read the file, or it cannot be understood
   */
  static Profiles of(Terminal terminal) {
    Path file = file(terminal);
    try {
      if (!Files.exists(file)) {
        return new Profiles(file, Json.object());
      }
      Secrets.refuseIfOthersCanRead(file);
      if (Json.read(Files.readString(file)) instanceof ObjectNode content
          && (content.path(PROFILES).isObject() || !content.has(PROFILES))) {
        return new Profiles(file, content);
      }
    } catch (JsonProcessingException e) {
      // Answered below: the parser's message could show a part of a key.
    } catch (IOException e) {
      throw new Failure(
          "The profiles in " + file + " cannot be read: " + FileTrouble.reason(e) + ".", e);
    }
    throw new Failure(
        file + " does not hold profiles any more: mend it, or remove it and add them again.");
  }

  private static Path file(Terminal terminal) {
    Path configuration =
        terminal
            .environment("XDG_CONFIG_HOME")
            .map(Terminal::path)
            .filter(Path::isAbsolute)
            .orElseGet(
                () ->
                    Terminal.path(
                            terminal.environment("HOME").orElse(System.getProperty("user.home")))
                        .resolve(".config"));
    return configuration.resolve("quickscale").resolve("profiles.json");
  }

  List<Profile> all() {
    List<Profile> all = new ArrayList<>();
    content
        .path(PROFILES)
        .properties()
        .forEach(entry -> all.add(profile(entry.getKey(), entry.getValue())));
    return all;
  }

  private Profile profile(String name, JsonNode value) {
    return new Profile(
        name,
        Server.url(value.path("url").asText()),
        Optional.ofNullable(value.path("key").textValue()),
        name.equals(content.path(CURRENT).asText()));
  }

  /** The one that is used where nothing else is said. */
  Optional<Profile> current() {
    return all().stream().filter(Profile::current).findFirst();
  }

  /**
   * The profile of this name.
   *
   * @throws Failure there is none
   */
  Profile require(String name) {
    return all().stream()
        .filter(profile -> profile.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new Failure(unknown(name)));
  }

  private String unknown(String name) {
    List<String> names = all().stream().map(Profile::name).toList();
    return "There is no profile '"
        + name
        + "'"
        + (names.isEmpty()
            ? ": add one with 'quickscale profile add'."
            : "; there are: " + String.join(", ", names) + ".");
  }

  /** Adds a profile, or replaces the one of this name. The first one becomes the current one. */
  void put(String name, URI url, Optional<String> key) {
    ObjectNode profile = content.withObjectProperty(PROFILES).putObject(name);
    profile.put("url", url.toString());
    key.ifPresent(secret -> profile.put("key", secret));
    if (current().isEmpty()) {
      content.put(CURRENT, name);
    }
    save();
  }

  void use(String name) {
    content.put(CURRENT, require(name).name());
    save();
  }

  void remove(String name) {
    Profile removed = require(name);
    content.withObjectProperty(PROFILES).remove(name);
    if (removed.current()) {
      content.remove(CURRENT);
    }
    save();
  }

  /** In whole or not at all, and at no moment readable by others. */
  private void save() {
    try {
      Path folder = file.getParent();
      Files.createDirectories(folder.getParent());
      if (!Files.isDirectory(folder)) {
        Files.createDirectory(folder, attributes(folder.getParent(), "rwx------"));
      }
      Path written =
          Files.createTempFile(folder, "profiles", ".new", attributes(folder, "rw-------"));
      try {
        Files.writeString(written, Json.pretty(content) + "\n");
        Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        Files.deleteIfExists(written);
      }
    } catch (IOException e) {
      throw new Failure(
          "The profiles cannot be written to " + file + ": " + FileTrouble.reason(e) + ".", e);
    }
  }

  private static FileAttribute<?>[] attributes(Path where, String permissions) {
    boolean posix = Files.getFileAttributeView(where, PosixFileAttributeView.class) != null;
    return posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  Path file() {
    return file;
  }
}
