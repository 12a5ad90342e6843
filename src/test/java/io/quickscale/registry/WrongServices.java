package io.quickscale.registry;

import io.quickscale.service.BaseService;
import io.quickscale.service.RegisterService;
import io.quickscale.service.RunContext;
import io.quickscale.service.UnitPrice;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.eclipse.microprofile.faulttolerance.Asynchronous;
import org.eclipse.microprofile.faulttolerance.Fallback;
import org.eclipse.microprofile.faulttolerance.Timeout;

/** Every mistake that the author of a service can make, each in a class of its own. */
final class WrongServices {
  private WrongServices() {}

  public record Input(String text) {}

  public record Output(String text) {}

  /** All that a service needs but the annotation. */
  abstract static class Correct extends BaseService<Input, Output> {
    @Override
    protected Output executeService(RunContext context, Input input) {
      return new Output(input.text());
    }
  }

  // Names and texts.

  @RegisterService(name = "twin")
  static class Twin extends Correct {}

  @RegisterService(name = "twin")
  static class OtherTwin extends Correct {}

  @RegisterService(name = "twin", creditCost = "-1")
  static class WrongTwin extends Correct {}

  @RegisterService(name = "Sentiment-Analysis")
  static class BadName extends Correct {}

  @RegisterService(name = "")
  static class EmptyName extends Correct {}

  @RegisterService(name = "1st")
  static class NameThatStartsWithADigit extends Correct {}

  @RegisterService(name = "a2345678901234567890123456789012345678901234567890123456789012345")
  static class LongName extends Correct {}

  @RegisterService(name = "bad_category", category = "Text Tools")
  static class BadCategory extends Correct {}

  // Prices.

  @RegisterService(name = "negative_cost", creditCost = "-1.0")
  static class NegativeCost extends Correct {}

  @RegisterService(name = "unparsable_cost", creditCost = "one")
  static class UnparsableCost extends Correct {}

  @RegisterService(name = "too_exact_cost", creditCost = "0.1234567")
  static class TooExactCost extends Correct {}

  @RegisterService(name = "enormous_cost", creditCost = "1e13")
  static class EnormousCost extends Correct {}

  @RegisterService(
      name = "bad_unit",
      unitPrices = @UnitPrice(unit = "Input Tokens", creditsPerUnit = "1", maximum = 5))
  static class BadUnitName extends Correct {}

  @RegisterService(
      name = "bad_unit",
      unitPrices = @UnitPrice(unit = "tokens", creditsPerUnit = "cheap", maximum = 5))
  static class UnparsableUnitPrice extends Correct {}

  @RegisterService(
      name = "bad_unit",
      unitPrices = @UnitPrice(unit = "tokens", creditsPerUnit = "1", included = 6, maximum = 5))
  static class MoreIncludedThanMaximum extends Correct {}

  @RegisterService(
      name = "bad_unit",
      unitPrices = @UnitPrice(unit = "tokens", creditsPerUnit = "1", included = -1, maximum = 5))
  static class NegativeIncluded extends Correct {}

  @RegisterService(
      name = "bad_unit",
      unitPrices = {
        @UnitPrice(unit = "tokens", creditsPerUnit = "1", maximum = 5),
        @UnitPrice(unit = "tokens", creditsPerUnit = "2", maximum = 5)
      })
  static class UnitPricedTwice extends Correct {}

  @RegisterService(
      name = "bad_unit",
      unitPrices = @UnitPrice(unit = "tokens", creditsPerUnit = "1", maximum = Long.MAX_VALUE))
  static class MaximumBeyondAllCredits extends Correct {}

  // Classes.

  @RegisterService(name = "no_service")
  static class NoService {}

  @RegisterService(name = "no_service")
  interface AnInterface {}

  @RegisterService(name = "no_class")
  abstract static class Abstract extends Correct {}

  @RegisterService(name = "no_class")
  static final class Final extends Correct {}

  @RegisterService(name = "no_class")
  class Inner extends Correct {}

  @RegisterService(name = "no_class")
  static class WithoutConstructor extends Correct {
    WithoutConstructor(String setting) {}
  }

  @RegisterService(name = "no_class")
  static class WithPrivateConstructor extends Correct {
    private WithPrivateConstructor() {}
  }

  @RegisterService(name = "no_class")
  static class ByMethodAsynchronous extends Correct {
    @Asynchronous
    Future<String> later() {
      return CompletableFuture.completedFuture("");
    }
  }

  @Asynchronous
  @RegisterService(name = "no_class")
  static class ByClassAsynchronous extends Correct {}

  abstract static class AsynchronousBase extends Correct {
    @Asynchronous
    Future<String> later() {
      return CompletableFuture.completedFuture("");
    }
  }

  @RegisterService(name = "no_class")
  static class ByInheritanceAsynchronous extends AsynchronousBase {}

  // Fault Tolerance.

  @RegisterService(name = "no_tolerance")
  static class WrongTolerance extends Correct {
    @Override
    @Timeout(-1)
    @Fallback(fallbackMethod = "nothing")
    protected Output executeService(RunContext context, Input input) {
      return null;
    }
  }

  // Types.

  @RegisterService(name = "no_types")
  @SuppressWarnings("rawtypes") // the mistake
  static class Raw extends BaseService {
    @Override
    protected Object executeService(RunContext context, Object input) {
      return input;
    }
  }

  @RegisterService(name = "no_types")
  static class Generic<T> extends BaseService<Input, T> {
    @Override
    protected T executeService(RunContext context, Input input) {
      return null;
    }
  }

  @RegisterService(name = "no_types")
  static class TextInput extends BaseService<String, Output> {
    @Override
    protected Output executeService(RunContext context, String input) {
      return new Output(input);
    }
  }

  /** Callers of the service from Java could not make it. */
  record Hidden(String text) {}

  @RegisterService(name = "no_types")
  static class HiddenInput extends BaseService<Hidden, Output> {
    @Override
    protected Output executeService(RunContext context, Hidden input) {
      return new Output(input.text());
    }
  }

  public record Outside(Hidden hidden) {}

  @RegisterService(name = "no_types")
  static class HiddenInside extends BaseService<Input, Outside> {
    @Override
    protected Outside executeService(RunContext context, Input input) {
      return new Outside(null);
    }
  }

  public record Stream(String name, InputStream content) {}

  @RegisterService(name = "no_types")
  static class StreamInput extends BaseService<Stream, Output> {
    @Override
    protected Output executeService(RunContext context, Stream input) {
      return new Output(input.name());
    }
  }

  public record Deep(List<Map<String, List<Worker>>> workers) {}

  public record Worker(Thread thread) {}

  @RegisterService(name = "no_types")
  static class DeepThreadInput extends BaseService<Deep, Output> {
    @Override
    protected Output executeService(RunContext context, Deep input) {
      return new Output("");
    }
  }

  @RegisterService(name = "no_types")
  static class ThreadOutput extends BaseService<Input, Thread> {
    @Override
    protected Thread executeService(RunContext context, Input input) {
      return Thread.currentThread();
    }
  }

  @RegisterService(name = "no_types")
  static class VoidOutput extends BaseService<Input, Void> {
    @Override
    protected Void executeService(RunContext context, Input input) {
      return null;
    }
  }

  @RegisterService(name = "no_types")
  static class ListOfRunnersOutput extends BaseService<Input, List<Runnable>> {
    @Override
    protected List<Runnable> executeService(RunContext context, Input input) {
      return List.of();
    }
  }

  // Many at once.

  @RegisterService(
      name = "Many Mistakes",
      category = "None Good",
      creditCost = "-3",
      unitPrices = @UnitPrice(unit = "Big Tokens", creditsPerUnit = "x", maximum = -5))
  @ApplicationScoped
  static final class ManyMistakes extends BaseService<String, Thread> {
    ManyMistakes(String setting) {}

    @Override
    @Asynchronous
    protected Thread executeService(RunContext context, String input) {
      return null;
    }
  }
}
