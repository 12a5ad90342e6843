package io.quickscale.cli;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.function.Function;

/**
 * JSON as commands take it: on the command line, in a file ({@code @FILE}) or on standard input.
 */
final class JsonArgument {
  private final Terminal terminal;
  private final String option;
  private final Function<String, ? extends RuntimeException> wrongUse;

  /**
   * An option that takes JSON.
   *
   * @param option its name
   * @param wrongUse what is thrown where the command line itself is wrong
   */
  JsonArgument(
      Terminal terminal, String option, Function<String, ? extends RuntimeException> wrongUse) {
    this.terminal = terminal;
    this.option = option;
    this.wrongUse = wrongUse;
  }

  /**
   * The object that is meant.
   *
   * @throws Failure what stands in the file cannot be sent
   */
  ObjectNode read(String argument) {
    String what = "The " + option.replaceFirst("^-+", "");
    String text = readText(argument);
    try {
      if (Json.read(text) instanceof ObjectNode object) {
        return object;
      }
    } catch (JsonProcessingException e) {
      JsonLocation place = e.getLocation();
      throw wrong(
          argument,
          "%s%s is not JSON that can be sent: %s (line %d, column %d).%s"
              .formatted(
                  what,
                  isLiteral(argument) ? "" : " (" + Texts.clean(from(argument)) + ")",
                  Texts.clean(e.getOriginalMessage()),
                  place.getLineNr(),
                  place.getColumnNr(),
                  isLiteral(argument) ? " In a shell, put it into single quotes." : ""));
    }
    throw wrong(argument, what + " must be a JSON object, such as {\"text\": \"I love it\"}.");
  }

  /**
   * A pipeline, as it is stored or handed in; what servers say of it and nobody says to them is
   * left out, so that one that was shown can be used.
   */
  ObjectNode readPipeline(String argument) {
    return read(argument).remove(List.of("name", "version", "updated_at"));
  }

  /** What stands on the command line is used wrongly; what stands in a file is wrong. */
  private RuntimeException wrong(String argument, String message) {
    return isLiteral(argument) ? wrongUse.apply(message) : new Failure(message);
  }

  private static boolean isLiteral(String argument) {
    return !argument.equals("-") && !argument.startsWith("@");
  }

  private static String from(String argument) {
    return argument.equals("-") ? "standard input" : argument.substring(1);
  }

  private String readText(String argument) {
    if (isLiteral(argument)) {
      // What the terminal sent in another encoding arrives as this character.
      if (argument.indexOf('\uFFFD') >= 0) {
        throw wrongUse.apply(
            "The %s has a character that is not UTF-8. Put it into a file: %s @FILE."
                .formatted(option.replaceFirst("^-+", ""), option));
      }
      return argument;
    }
    String from = from(argument);
    try {
      byte[] bytes =
          argument.equals("-")
              ? terminal.in().readAllBytes()
              : Files.readAllBytes(terminal.resolve(from));
      return Utf8.decode(bytes, from);
    } catch (NoSuchFileException e) {
      throw new Failure("There is no file " + from + ".", e);
    } catch (IOException e) {
      throw new Failure(from + " cannot be read: " + FileTrouble.reason(e) + ".", e);
    }
  }
}
