package io.quickscale.registry;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import io.quickscale.service.UnitPrice;
import jakarta.json.JsonObject;
import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Services that must be found and taken as they are. */
final class GoodServices {
  private GoodServices() {}

  public record Input(String text) {}

  public record Output(String text) {}

  @RegisterService(
      name = "echo",
      description = "Says it again.",
      category = "text",
      creditCost = "1.5",
      unitPrices =
          @UnitPrice(unit = "tokens", creditsPerUnit = "0.001", included = 10, maximum = 1000))
  static class Echo extends BaseService<Input, Output> {
    @Override
    @Timeout(2000)
    protected Output executeService(RunContext context, Input input) {
      return new Output(input.text());
    }
  }

  /** Between the base and a service, with its parameters the other way round. */
  abstract static class Listing<E, J> extends BaseService<J, List<E>> {
    @Override
    protected List<E> executeService(RunContext context, J input) {
      return List.of();
    }
  }

  @RegisterService(name = "listing", creditCost = "0")
  static class Letters extends Listing<Output, Input> {}

  public enum Colour {
    RED
  }

  public record Node(String name, List<Node> children) {}

  public record Box<T>(T content) {}

  public static class Bean {
    public String name;

    public Bean() {}
  }

  public record Rich(
      int count,
      Long total,
      BigDecimal amount,
      boolean flag,
      char letter,
      Colour colour,
      OffsetDateTime at,
      Optional<String> note,
      Map<String, List<Input>> inputs,
      double[] numbers,
      JsonObject anything,
      Object whatever,
      Node tree,
      Box<Output> box) {}

  @RegisterService(name = "rich")
  static class RichService extends BaseService<Rich, Bean> {
    @Override
    protected Bean executeService(RunContext context, Rich input) {
      return new Bean();
    }
  }

  @RegisterService(name = "protected_constructor")
  static class ProtectedConstructor extends BaseService<Input, String> {
    protected ProtectedConstructor() {}

    @Override
    protected String executeService(RunContext context, Input input) {
      return input.text();
    }
  }

  static class Parrot extends Echo {}
}
