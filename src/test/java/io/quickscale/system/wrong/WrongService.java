package io.quickscale.system.wrong;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Must not be deployed: its name, its price and its Fault Tolerance are wrong. */
@RegisterService(name = "Wrong Name", creditCost = "-1")
public class WrongService extends BaseService<WrongService.Input, String> {
  public record Input(String text) {}

  @Override
  @Timeout(-1)
  @Fallback(fallbackMethod = "nothing")
  protected String executeService(RunContext context, Input input) {
    return input.text();
  }
}
