package io.quickscale.cli.generate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The files of a new service. */
public final class ServiceFiles {
  /** How the in-container test comes to a server. */
  public enum Container {
    /** Arquillian deploys the built WAR, as QuickScale's own build does. */
    ARQUILLIAN("service/ServiceIT.arquillian.java"),
    /** The test's own {@code QuickScaleServer} starts the project's launcher. */
    LAUNCHER("service/ServiceIT.launcher.java");

    private final String template;

    Container(String template) {
      this.template = template;
    }
  }

  /** What several templates have in common. */
  private static final List<String> PARTS =
      List.of(
          "annotation",
          "class-header",
          "field",
          "is-registered",
          "is-valid",
          "it-constants",
          "it-tests");

  private ServiceFiles() {}

  /**
   * The class, its unit test and examples, and an in-container test.
   *
   * @param basePackage where the tests have {@code QuickScaleServer}, if they need it
   */
  public static List<NewFile> of(ServicePlan plan, Container container, String basePackage) {
    Map<String, String> values = values(plan, basePackage);
    String type = "service/" + plan.type().word() + "/";
    String classFile = plan.packageName().replace('.', '/') + "/" + plan.name().className();
    String name = plan.name().registered();
    return List.of(
        NewFile.of(mainFile(plan), JavaTemplate.filled(type + "Service.java", values)),
        NewFile.of(
            "src/test/java/" + classFile + "Test.java",
            JavaTemplate.filled(type + "ServiceTest.java", values)),
        NewFile.of(
            "src/test/java/" + classFile + "IT.java",
            JavaTemplate.filled(container.template, values)),
        NewFile.of("src/examples/" + name + ".json", Template.raw(type + "example.json")),
        NewFile.of(
            "src/examples/" + name + ".http", Template.filled("service/requests.http", values)));
  }

  /** Where the class of a service goes. */
  public static String mainFile(ServicePlan plan) {
    return "src/main/java/"
        + plan.packageName().replace('.', '/')
        + "/"
        + plan.name().className()
        + ".java";
  }

  private static Map<String, String> values(ServicePlan plan, String basePackage) {
    Map<String, String> values = new HashMap<>();
    values.put("package", plan.packageName());
    values.put("class", plan.name().className());
    values.put("name", plan.name().registered());
    values.put("cost", plan.creditCost());
    values.put("category", plan.type().category());
    values.put("description", JavaString.of(plan.description()));
    PARTS.forEach(
        part -> values.put(part, Template.raw("service/parts/" + part + ".java").stripTrailing()));
    values.put(
        "server-import",
        basePackage.equals(plan.packageName())
            ? ""
            : "import " + basePackage + ".QuickScaleServer;\n");
    return values;
  }
}
