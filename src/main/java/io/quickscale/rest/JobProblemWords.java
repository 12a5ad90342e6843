package io.quickscale.rest;

import io.quickscale.job.JobProblems;
import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import io.quickscale.web.ProblemAnswers;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;

/** The problems of a job's runs are those that a client of the API would get. */
@ApplicationScoped
class JobProblemWords implements JobProblems {
  @Inject ProblemAnswers problems;

  @Override
  public String write(long jobId, Problem problem) {
    return problems
        .of(problem, JobsResource.FOLDER + Ids.format(jobId), Optional.empty(), Map.of())
        .body();
  }
}
