package io.quickscale.rest;

import io.quickscale.json.JsonCodec;
import io.quickscale.problem.Problem;
import io.quickscale.run.Answer;
import io.quickscale.run.AnswerFormat;
import io.quickscale.service.ServiceResult;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import java.nio.charset.StandardCharsets;

/** Puts outcomes into HTTP. */
@RequestScoped
class RunAnswerFormat implements AnswerFormat {
  @Inject JsonCodec codec;
  @Inject ProblemFormat problems;
  @Inject HttpServletRequest request;

  @Override
  public Answer success(ServiceResult<?> result) {
    return json(200, RunView.of(result));
  }

  @Override
  public Answer failure(Problem problem) {
    return new Answer(
        problem.status(),
        ProblemFormat.MEDIA_TYPE,
        problems.write(problem, request.getRequestURI()),
        false);
  }

  /** An answer whose body is a record. */
  Answer json(int status, Record body) {
    return new Answer(status, MediaType.APPLICATION_JSON, codec.writeInOrder(body), false);
  }

  /** An answer as a response. */
  static Response respond(Answer answer) {
    ResponseBuilder response =
        Response.status(answer.status())
            .type(answer.contentType())
            .entity(answer.body().getBytes(StandardCharsets.UTF_8));
    if (answer.replayed()) {
      response.header("Idempotent-Replayed", "true");
    }
    if (answer.status() == 503) {
      response.header(HttpHeaders.RETRY_AFTER, "5");
    }
    return response.build();
  }
}
