package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Option;

/** A command that asks a server. Which one, and with which key, is decided here for all of them. */
abstract class ServerCommand extends Subcommand {
  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int PAGE = 500;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      description = "The server and key of this profile.")
  String profile;

  @Option(
      names = "--url",
      paramLabel = "URL",
      description = "The server, such as https://quickscale.example.org.")
  URI url;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Read the API key from this file; - is standard input.")
  String keyFile;

  @Option(names = "--json", description = "Print JSON, for scripts.")
  boolean json;

  ServerCommand(Terminal terminal) {
    super(terminal);
  }

  /** The server that the options, the environment or the profile in use name. */
  protected Api api() {
    return api(TIMEOUT);
  }

  protected Api api(Duration timeout) {
    return new Api(server(), timeout);
  }

  /**
   * What stands on the command line goes before the environment, and that before the profile in
   * use. A profile's key is sent to that profile's server only.
   */
  protected Server server() {
    Optional<Profiles.Profile> named =
        Optional.ofNullable(profile).map(name -> Profiles.of(terminal).require(name));
    Optional<Profiles.Profile> used =
        named.isPresent() || isAllSaid() ? named : Profiles.of(terminal).current();
    Optional<String> environmentUrl =
        named.isPresent() ? Optional.empty() : terminal.environment("QUICKSCALE_URL");
    Optional<String> environmentKey =
        named.isPresent() ? Optional.empty() : terminal.environment("QUICKSCALE_API_KEY");

    URI address;
    String from;
    if (url != null) {
      address = url;
      from = "--url";
    } else if (environmentUrl.isPresent()) {
      address = Server.url(environmentUrl.get());
      from = "QUICKSCALE_URL";
    } else if (used.isPresent()) {
      address = used.get().url();
      from = "profile " + used.get().name();
    } else {
      address = Server.DEFAULT_URL;
      from = "the default";
    }

    if (keyFile != null) {
      String where = keyFile.equals("-") ? "standard input" : keyFile;
      return new Server(address, from, Optional.of(Secrets.readKey(terminal, keyFile)), where);
    } else if (environmentKey.isPresent()) {
      String key = Secrets.check(environmentKey.get(), "QUICKSCALE_API_KEY");
      return new Server(address, from, Optional.of(key), "QUICKSCALE_API_KEY");
    } else if (used.isPresent() && used.get().url().equals(address)) {
      return new Server(address, from, used.get().key(), "profile " + used.get().name());
    }
    return new Server(address, from, Optional.empty(), "nowhere");
  }

  /** Whether the profile in use has nothing to add, so that its file need not even be read. */
  private boolean isAllSaid() {
    return (url != null || terminal.environment("QUICKSCALE_URL").isPresent())
        && (keyFile != null || terminal.environment("QUICKSCALE_API_KEY").isPresent());
  }

  /** Refuses a number of rows that cannot be meant. */
  protected void requireLimit(Integer limit) {
    if (limit != null && limit < 1) {
      throw wrongUse("--limit must be at least 1.");
    }
  }

  /** Refuses two forms at once. */
  protected void requireOneFormat(boolean csv) {
    if (csv && json) {
      throw wrongUse("--json or --csv, not both.");
    }
  }

  /** Prints a list as the server writes it as CSV, as it comes. */
  protected void printCsv(Api api, String path) {
    api.copy(path, "text/csv", terminal.out());
  }

  /** Prints an answer as it is. */
  protected void print(JsonNode answer) {
    terminal.out().println(Json.pretty(answer));
  }

  /**
   * The items of a list, page by page until there are enough.
   *
   * @param path with what is asked for, without paging
   * @param limit the most items
   */
  protected static ArrayNode items(Api api, String path, int limit) {
    return items(api, path, limit, null);
  }

  /**
   * See {@link #items(Api, String, int)}.
   *
   * @param behind the item behind which the list begins; null for its beginning
   */
  protected static ArrayNode items(Api api, String path, int limit, String behind) {
    ArrayNode items = Json.array();
    String cursor = behind == null ? "" : "&cursor=" + Api.encode(behind);
    do {
      String page =
          path
              + (path.contains("?") ? "&" : "?")
              + "limit="
              + Math.min(PAGE, limit - items.size())
              + cursor;
      JsonNode answer = api.get(page);
      answer.path("items").forEach(items::add);
      JsonNode next = answer.path("next_cursor");
      // An empty page with a cursor would be asked for again and again.
      boolean goesOn = next.isTextual() && !answer.path("items").isEmpty();
      cursor = goesOn ? "&cursor=" + Api.encode(next.asText()) : null;
    } while (cursor != null && items.size() < limit);
    return items;
  }
}
