package io.quickscale.rest;

import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import io.quickscale.web.ProblemAnswer;
import io.quickscale.web.ProblemAnswers;
import io.quickscale.web.ThrownProblems;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;

/** Answers everything that is thrown, by the server's JAX-RS too. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
  @Inject ThrownProblems problems;
  @Inject ProblemAnswers answers;
  @Inject HttpServletRequest request;

  @Override
  public Response toResponse(Throwable thrown) {
    ProblemAnswer answer = answers.to(request, problem(thrown));
    ResponseBuilder response =
        Response.status(answer.status()).type(ProblemAnswer.MEDIA_TYPE).entity(answer.body());
    answer.headers().forEach(response::header);
    if (thrown instanceof WebApplicationException refused && answer.status() == 405) {
      response.header(HttpHeaders.ALLOW, refused.getResponse().getHeaderString(HttpHeaders.ALLOW));
    }
    return response.build();
  }

  private Problem problem(Throwable thrown) {
    if (thrown instanceof WebApplicationException refused) {
      int status = refused.getResponse().getStatus();
      if (status < 500 || status == 503) {
        return ThrownProblems.within(thrown).orElseGet(() -> HttpProblem.of(status));
      }
    }
    return problems.of(thrown, request);
  }
}
