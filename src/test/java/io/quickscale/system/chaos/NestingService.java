package io.quickscale.system.chaos;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import jakarta.inject.Inject;

/** Runs {@link SteadyService}, which is paid by then, before it ends itself. */
@RegisterService(name = "nesting", creditCost = "1")
public class NestingService extends BaseService<SteadyService.Input, SteadyService.Input> {
  @Inject SteadyService steady;
  @Inject CrashPlan plan;

  @Override
  protected SteadyService.Input executeService(RunContext context, SteadyService.Input input) {
    SteadyService.Input result = steady.run(context.user(), input).result();
    plan.reached(CrashPoint.INNER_RUN_PAID);
    return result;
  }
}
