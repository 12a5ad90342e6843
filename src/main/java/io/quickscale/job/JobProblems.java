package io.quickscale.job;

import io.quickscale.problem.Problem;

/** How the problem of a run is put into words, to be kept with the job; the REST layer knows. */
public interface JobProblems {
  /** The problem as JSON. */
  String write(long jobId, Problem problem);
}
