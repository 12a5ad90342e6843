package io.quickscale.system.wrong;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;

/** Must not be deployed: its name and its price are wrong. */
@RegisterService(name = "Wrong Name", creditCost = "-1")
public class WrongService extends BaseService<WrongService.Input, String> {
  public record Input(String text) {}

  @Override
  protected String executeService(RunContext context, Input input) {
    return input.text();
  }
}
