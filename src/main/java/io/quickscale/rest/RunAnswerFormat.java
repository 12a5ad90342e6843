package io.quickscale.rest;

import io.quickscale.job.Job;
import io.quickscale.json.JsonCodec;
import io.quickscale.json.JsonText;
import io.quickscale.metrics.Metric;
import io.quickscale.metrics.Metrics;
import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import io.quickscale.run.Answer;
import io.quickscale.run.AnswerFormat;
import io.quickscale.run.RunAnswer;
import io.quickscale.service.ServiceResult;
import io.quickscale.web.ProblemAnswer;
import io.quickscale.web.ProblemAnswers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/** Puts outcomes into HTTP. */
@ApplicationScoped
class RunAnswerFormat {
  /** When a try under another key has a chance, in seconds; what was known then is long over. */
  private static final Map<Integer, Integer> AGAIN = Map.of(503, 5, 429, 1);

  @Inject JsonCodec codec;
  @Inject ProblemAnswers problems;
  @Inject Metrics metrics;

  /**
   * The words for the outcome of a run.
   *
   * @param instance the path that was asked for; like the trace taken now, since another thread may
   *     ask for the words
   */
  AnswerFormat forRun(String instance, Optional<String> traceId) {
    return new AnswerFormat() {
      @Override
      public Answer success(ServiceResult<?> result) {
        return json(200, RunView.of(result));
      }

      @Override
      public Answer failure(Problem problem, String usageId) {
        ProblemAnswer answer = problems.of(problem, instance, traceId, Map.of("usage_id", usageId));
        return new Answer(
            answer.status(),
            ProblemAnswer.MEDIA_TYPE,
            answer.body(),
            false,
            problem.retryAfterSeconds().orElse(null));
      }
    };
  }

  /**
   * The words for how the items of a batch ended.
   *
   * @param instance as {@link #forRun} takes it
   */
  Function<List<RunAnswer>, Answer> forBatch(
      String service, String instance, Optional<String> traceId) {
    return answers ->
        json(
            200,
            BatchView.of(
                service,
                answers,
                IntStream.range(0, answers.size())
                    .mapToObj(
                        index ->
                            BatchView.item(
                                index,
                                answers.get(index),
                                error(answers.get(index), instance, traceId)))
                    .toList()));
  }

  /** The problem of a run as a part of an answer; null if it succeeded. */
  private JsonText error(RunAnswer answer, String instance, Optional<String> traceId) {
    return answer
        .problem()
        .map(problem -> problems.of(problem, instance, traceId, Map.of()).body())
        .map(JsonText::new)
        .orElse(null);
  }

  /**
   * The problem document of a run within an answer.
   *
   * @param instance the path that was asked for
   */
  JsonText error(Problem problem, String instance, Optional<String> traceId, long usageId) {
    Map<String, Object> more = Map.of("usage_id", Ids.format(usageId));
    return new JsonText(problems.of(problem, instance, traceId, more).body());
  }

  /** The answer to a job that was taken. */
  Answer accepted(Job job) {
    return json(202, JobView.of(job, false, Optional.empty()));
  }

  /** An answer whose body is a record. */
  Answer json(int status, Record body) {
    return new Answer(status, MediaType.APPLICATION_JSON, codec.writeInOrder(body), false);
  }

  /**
   * An answer as a response, which says where what was made is.
   *
   * @param folder the path before its id, from the root
   */
  Response respondCreated(Answer answer, String folder) {
    if (answer.status() != 201 && answer.status() != 202) {
      return respond(answer);
    }
    String id = codec.<JsonObject>readOwn(answer.body(), JsonObject.class).getString("id");
    return Response.fromResponse(respond(answer)).header(HttpHeaders.LOCATION, folder + id).build();
  }

  /** An answer as a response. */
  Response respond(Answer answer) {
    ResponseBuilder response =
        Response.status(answer.status())
            .type(answer.contentType())
            .entity(answer.body().getBytes(StandardCharsets.UTF_8));
    if (answer.replayed()) {
      response.header("Idempotent-Replayed", "true");
      metrics.increment(Metric.IDEMPOTENT_REPLAYS);
    }
    Integer wait = answer.replayed() ? AGAIN.get(answer.status()) : answer.retryAfterSeconds();
    if (wait != null) {
      response.header(HttpHeaders.RETRY_AFTER, wait);
    }
    return response.build();
  }
}
