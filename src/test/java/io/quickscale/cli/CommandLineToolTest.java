package io.quickscale.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.quickscale.cli.Shell.Result;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What all commands have in common: help, words that are misspelt, exit codes. */
class CommandLineToolTest {
  @TempDir Path folder;

  @Test
  void the_help_shows_every_command_and_ends_with_0() {
    Result help = new Shell(folder).run("--help");

    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("  list-services", "  batch", "  doctor", "  completion");
    assertThat(help.out()).doesNotContain("warm-up");
    assertThat(help.err()).isEmpty();
  }

  @TestFactory
  Stream<DynamicTest> the_help_of_each_command_has_examples() {
    return visibleCommands()
        .map(
            words ->
                dynamicTest(
                    String.join(" ", words),
                    () -> {
                      List<String> arguments = new ArrayList<>(words);
                      arguments.add("--help");
                      Result help = new Shell(folder).run(arguments.toArray(String[]::new));

                      assertThat(help.exitCode()).isZero();
                      assertThat(help.out())
                          .contains("Examples:")
                          .contains("quickscale " + words.get(0));
                    }));
  }

  @Test
  void the_version_is_shown() {
    Result version = new Shell(folder).run("--version");

    assertThat(version.exitCode()).isZero();
    assertThat(version.out()).startsWith("quickscale ").contains("Java 1");
  }

  @Test
  void a_misspelt_command_is_wrong_use_and_the_right_one_is_offered() {
    Result wrong = new Shell(folder).run("lst-services");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("no command 'lst-services'", "Did you mean list-services?");
    assertThat(wrong.out()).isEmpty();
  }

  @Test
  void a_misspelt_command_of_a_group_is_wrong_use_too() {
    Result wrong = new Shell(folder).run("keys", "rotat", "x");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("Did you mean rotate?", "quickscale keys --help");
  }

  @Test
  void a_misspelt_option_is_offered_also_where_it_is_the_one_that_is_missing() {
    Result wrong = new Shell(folder).run("run", "any", "--inptu={}");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("no option '--inptu'. Did you mean --input?");
  }

  @Test
  void nothing_is_offered_where_nothing_is_near() {
    assertThat(new Shell(folder).run("xyzzy").err())
        .contains("no command 'xyzzy'")
        .doesNotContain("Did you mean");
  }

  @Test
  void no_command_at_all_is_wrong_use() {
    assertThat(new Shell(folder).run().exitCode()).isEqualTo(2);
  }

  @Test
  void options_that_exclude_each_other_are_wrong_use() {
    Result wrong =
        new Shell(folder).run("configure-service", "any", "--free", "--credit-cost", "1");

    assertThat(wrong.exitCode()).isEqualTo(2);
    assertThat(wrong.err()).contains("mutually exclusive");
  }

  @Test
  void what_is_wrong_has_no_colours_where_nobody_looks() {
    assertThat(new Shell(folder).run("xyzzy").err()).doesNotContain("\u001b");
    assertThat(new Shell(folder).onTerminal().run("xyzzy").err()).contains("\u001b[");
    assertThat(new Shell(folder).onTerminal().set("NO_COLOR", "1").run("xyzzy").err())
        .doesNotContain("\u001b");
  }

  @Test
  void the_completion_script_knows_commands_and_options() {
    Result script = new Shell(folder).run("completion", "bash");

    assertThat(script.exitCode()).isZero();
    assertThat(script.out()).contains("list-services", "--key-file", "complete -F");
  }

  @Test
  void the_reference_page_is_what_the_help_says() throws Exception {
    String page = Files.readString(Path.of("src/site/markdown/reference/command-line.md"));

    assertThat(page)
        .as(
            "make it new: ./scripts/quickscale reference > src/site/markdown/reference/command-line.md")
        .isEqualTo(new Shell(folder).run("reference").out());
  }

  private Stream<List<String>> visibleCommands() {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    CommandLine root =
        new CommandLineTool(
                new Terminal(
                    Map.of(),
                    folder,
                    InputStream.nullInputStream(),
                    nowhere,
                    nowhere,
                    false,
                    false,
                    80))
            .commandLine();
    List<List<String>> commands = new ArrayList<>();
    collect(root, List.of(), commands);
    return commands.stream();
  }

  private static void collect(CommandLine from, List<String> words, List<List<String>> to) {
    from.getSubcommands()
        .forEach(
            (name, command) -> {
              if (!command.getCommandSpec().usageMessage().hidden()) {
                List<String> all = new ArrayList<>(words);
                all.add(name);
                to.add(all);
                collect(command, all, to);
              }
            });
  }
}
