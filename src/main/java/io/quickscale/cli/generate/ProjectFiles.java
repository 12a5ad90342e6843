package io.quickscale.cli.generate;

import io.quickscale.cli.generate.ServiceFiles.Container;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a new project of an author's own, with a first service. */
public final class ProjectFiles {
  /** What is in the folders of the servers; the classes' folder cannot be listed. */
  private static final Map<String, List<String>> SERVER_FILES =
      Map.of(
          "payara-micro",
          List.of("boot.asadmin", "logging-json.properties", "logging.properties", "server.sh"),
          "payara-server",
          List.of(
              "asadmin.sh",
              "configure.sh",
              "datasource.asadmin",
              "logging.properties",
              "server.sh",
              "settings.asadmin",
              "undo.sh"),
          "wildfly",
          List.of(
              "configure.cli",
              "configure.sh",
              "data-source.cli",
              "postgresql-driver.cli",
              "server.sh",
              "undo.cli"));

  private ProjectFiles() {}

  /**
   * A WAR project that adds services to QuickScale.
   *
   * @param artifactId its name
   * @param first its first service, in the package that is the project's group too
   */
  public static List<NewFile> of(String artifactId, ServicePlan first) {
    Map<String, String> values = new HashMap<>();
    values.put("artifact", artifactId);
    values.put("package", first.packageName());
    values.put("class", first.name().className());
    values.put("name", first.name().registered());
    values.put("cost", first.creditCost());
    List<NewFile> files = new ArrayList<>();
    files.add(NewFile.of("pom.xml", Template.filled("project/pom.xml", values)));
    files.add(NewFile.of("README.md", Template.filled("project/README.md", values)));
    files.add(NewFile.of(".gitignore", Template.raw("project/gitignore")));
    files.add(NewFile.script("scripts/run", launcher(first)));
    files.add(NewFile.script("scripts/test", Template.raw("project/scripts/test")));
    files.add(NewFile.script("scripts/quickscale", Template.raw("project/scripts/quickscale")));
    new TreeMap<>(SERVER_FILES)
        .forEach(
            (server, names) ->
                names.forEach(
                    name -> files.add(serverFile("server-config/" + server + "/" + name))));
    files.add(
        NewFile.of(
            "src/test/java/" + first.packageName().replace('.', '/') + "/QuickScaleServer.java",
            JavaTemplate.filled("project/QuickScaleServer.java", values)));
    files.addAll(ServiceFiles.of(first, Container.LAUNCHER, first.packageName()));
    return files;
  }

  private static NewFile serverFile(String path) {
    String content = Template.raw("project/" + path);
    return content.startsWith("#!") ? NewFile.script(path, content) : NewFile.of(path, content);
  }

  /** QuickScale's own launcher, whose welcome shows how to call the project's service. */
  private static String launcher(ServicePlan first) {
    String script = Template.raw("project/scripts/run");
    String input = Template.raw("service/" + first.type().word() + "/example.json").strip();
    script = setting(script, "example_service", first.name().registered());
    return setting(script, "example_input", "'" + input + "'");
  }

  private static String setting(String script, String variable, String value) {
    Matcher line = Pattern.compile("(?m)^" + variable + "=.*$").matcher(script);
    if (!line.find()) {
      throw new IllegalStateException("the launcher has no setting " + variable);
    }
    return line.replaceFirst(Matcher.quoteReplacement(variable + "=" + value));
  }
}
