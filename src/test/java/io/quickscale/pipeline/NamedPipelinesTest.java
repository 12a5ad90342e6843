package io.quickscale.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quickscale.json.JsonCodec;
import io.quickscale.node.Node;
import io.quickscale.problem.NotFoundProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.util.List;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What operators have stored, as two nodes on one database see it. */
class NamedPipelinesTest {
  private static final List<StepDocument> ONE =
      List.of(new StepDocument("a", "say", PipelineFixture.object("{'text': 'x'}"), null));
  private static final List<StepDocument> OTHER =
      List.of(
          new StepDocument(
              "b",
              "say",
              PipelineFixture.object("{'text': {'$from': '/input/text'}}"),
              PipelineFixture.object("{'$from': '/input/go', 'equals': 1.0}")));

  private Node node;
  private Node otherNode;
  private NamedPipelines pipelines;

  @BeforeEach
  void start() {
    String url = "jdbc:h2:mem:pipelines-" + System.nanoTime() + ";DB_CLOSE_DELAY=-1";
    JdbcDataSource database = new JdbcDataSource();
    database.setURL(url);
    node = start(database, url);
    otherNode = start(database, url);
    pipelines = node.bean(NamedPipelines.class);
  }

  private static Node start(DataSource database, String url) {
    return Node.start(database, url, NamedPipelines.class, Codec.class);
  }

  @ApplicationScoped
  static class Codec {
    @Produces
    JsonCodec codec() {
      return PipelineFixture.CODEC;
    }
  }

  @AfterEach
  void stop() {
    node.close();
    otherNode.close();
  }

  @Test
  void aVersionStaysWhenTheNextIsStoredAndWhenThePipelineIsGone() {
    pipelines.store("p", "first", ONE);
    pipelines.store("p", "second", OTHER);

    NamedPipeline seen = otherNode.bean(NamedPipelines.class).require("p");
    assertThat(seen.version()).isEqualTo(2);
    assertThat(seen.description()).isEqualTo("second");
    assertThat(seen.steps()).isEqualTo(OTHER);
    assertThat(pipelines.require("p", 1).steps()).isEqualTo(ONE);
    assertThat(pipelines.remove("p")).isEqualTo(seen);
    assertThat(pipelines.find("p")).isEmpty();
    assertThat(pipelines.require("p", 2)).isEqualTo(seen);
    assertThat(pipelines.wasEver("p")).isTrue();
    assertThat(pipelines.store("p", "third", ONE).version()).isEqualTo(3);
    assertThat(pipelines.all()).extracting(NamedPipeline::version).containsExactly(3);
  }

  @Test
  void whatIsNotThereIsNotFound() {
    assertThat(pipelines.wasEver("none")).isFalse();
    assertThatThrownBy(() -> pipelines.require("none")).isInstanceOf(NotFoundProblem.class);
    assertThatThrownBy(() -> pipelines.require("none", 1)).isInstanceOf(NotFoundProblem.class);
    assertThatThrownBy(() -> pipelines.remove("none")).isInstanceOf(NotFoundProblem.class);
  }

  /** It is removed by operators, and does not come again when a node starts. */
  @Test
  void whatShipsIsStoredOnce() {
    ShippedPipelines shipped = new ShippedPipelines();
    shipped.pipelines = pipelines;

    shipped.start();
    shipped.start();
    assertThat(pipelines.require("text_analysis").version()).isEqualTo(1);
    pipelines.remove("text_analysis");
    shipped.start();

    assertThat(pipelines.find("text_analysis")).isEmpty();
  }
}
