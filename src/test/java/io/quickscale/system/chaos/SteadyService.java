package io.quickscale.system.chaos;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import io.quickscale.service.UnitPrice;
import jakarta.inject.Inject;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Takes some milliseconds and costs as many hundredths, which is less than what is held for it. */
@RegisterService(
    name = "steady",
    creditCost = "1",
    unitPrices = @UnitPrice(unit = "milliseconds", creditsPerUnit = "0.01", maximum = 100))
public class SteadyService extends BaseService<SteadyService.Input, SteadyService.Input> {
  @Inject CrashPlan plan;

  public record Input(int milliseconds) {}

  @Override
  protected Input executeService(RunContext context, Input input) {
    plan.reached(CrashPoint.EXECUTION);
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(input.milliseconds()));
    context.meter("milliseconds", input.milliseconds());
    return input;
  }
}
