package io.quickscale.cli.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TargetProjectTest {
  @TempDir Path folder;

  @Test
  void a_folder_without_a_pom_is_no_project() {
    assertThat(TargetProject.at(folder).problem()).get().asString().contains("has no pom.xml");
  }

  @Test
  void a_project_that_does_not_depend_on_quickscale_is_told_how_to() throws IOException {
    pom("<groupId>com.acme</groupId><artifactId>shop</artifactId>");

    assertThat(TargetProject.at(folder).problem())
        .get()
        .asString()
        .contains("does not depend on io.quickscale:quickscale")
        .contains("quickscale init DIR");
  }

  @Test
  void a_new_project_is_one_and_its_next_service_is_tested_on_a_server_too() throws IOException {
    newProject();
    TargetProject project = TargetProject.at(folder);

    assertThat(project.problem()).isEmpty();
    assertThat(project.isQuickScale()).isFalse();
    assertThat(project.defaultPackage()).isEqualTo("com.acme.shop");
    List<NewFile> files = project.filesOf(plan("price_check", "com.acme.prices"));
    assertThat(files)
        .extracting(NewFile::path)
        .contains("src/test/java/com/acme/prices/PriceCheckServiceIT.java");
    assertThat(files.get(2).content()).contains("import com.acme.shop.QuickScaleServer;");
  }

  @Test
  void a_project_without_the_test_server_gets_no_in_container_test() throws IOException {
    newProject();
    Files.delete(folder.resolve("src/test/java/com/acme/shop/QuickScaleServer.java"));
    TargetProject project = TargetProject.at(folder);

    assertThat(project.canTestOnServer()).isFalse();
    assertThat(project.filesOf(plan("price_check", "com.acme.shop")))
        .extracting(NewFile::path)
        .noneMatch(path -> path.endsWith("IT.java"));
  }

  @Test
  void knows_which_names_are_taken_other_than_by_the_file_itself() throws IOException {
    newProject();
    TargetProject project = TargetProject.at(folder);

    assertThat(project.serviceNamed("word_count", "elsewhere")).isPresent();
    assertThat(
            project.serviceNamed("word_count", "src/main/java/com/acme/shop/WordCountService.java"))
        .isEmpty();
    assertThat(project.serviceNamed("price_check", "elsewhere")).isEmpty();
  }

  @Test
  void without_a_service_the_package_is_the_projects_group() throws IOException {
    pom(
        """
        <parent><groupId>com.acme</groupId><artifactId>all</artifactId></parent>
        <artifactId>shop</artifactId>\
        """);

    assertThat(TargetProject.at(folder).defaultPackage()).isEqualTo("com.acme");
  }

  @Test
  void quickscale_itself_is_recognised() {
    TargetProject project = TargetProject.at(Path.of(""));

    assertThat(project.problem()).isEmpty();
    assertThat(project.isQuickScale()).isTrue();
    assertThat(project.defaultPackage()).isEqualTo("com.example");
  }

  private void newProject() throws IOException {
    NewFiles.write(folder, ProjectFiles.of("shop", plan("word_count", "com.acme.shop")));
  }

  private static ServicePlan plan(String name, String packageName) {
    return new ServicePlan(
        ServiceName.of(name), ServiceType.TEXT_PROCESSING, "1.0", "Counts.", packageName);
  }

  private void pom(String content) throws IOException {
    Files.writeString(folder.resolve("pom.xml"), "<project>" + content + "</project>");
  }
}
