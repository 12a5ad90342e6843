package io.quickscale.run;

import io.quickscale.service.ServiceResult;
import io.quickscale.service.ServiceUser;
import java.util.function.Function;

/** A user within an attempt of a run, whose service may order other runs for it. */
final class RunUser extends ServiceUser {
  private final InnerRuns inner;
  private final InnerRuns.Attempt attempt;

  RunUser(ServiceUser user, InnerRuns inner, InnerRuns.Attempt attempt) {
    super(user.id(), user.accountId(), user.email());
    this.inner = inner;
    this.attempt = attempt;
  }

  @Override
  public boolean isWithinRun() {
    return true;
  }

  /** See {@link InnerRuns#call}. */
  ServiceResult<Object> call(InnerRuns.Call call, Function<Run, Settled> road) {
    return inner.call(attempt, call, road);
  }
}
