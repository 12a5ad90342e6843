package io.quickscale.cli.source;

import com.github.javaparser.ast.Node;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Collects what is found in one file. */
final class Findings {
  private final Path file;
  private final List<Finding> found = new ArrayList<>();

  Findings(Path file) {
    this.file = file;
  }

  void error(String code, Node where, String message, String remedy) {
    add(Severity.ERROR, code, where, message, remedy);
  }

  void warning(String code, Node where, String message, String remedy) {
    add(Severity.WARNING, code, where, message, remedy);
  }

  void suggestion(String code, Node where, String message, String remedy) {
    add(Severity.SUGGESTION, code, where, message, remedy);
  }

  private void add(Severity severity, String code, Node where, String message, String remedy) {
    found.add(new Finding(file, Nodes.line(where), severity, code, message, remedy));
  }

  List<Finding> all() {
    return found;
  }
}
