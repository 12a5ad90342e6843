package io.quickscale.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.classmate.ResolvedType;
import io.quickscale.credit.Credits;
import io.quickscale.definition.NameForm;
import io.quickscale.service.BaseService;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.ProcessManagedBean;
import jakarta.enterprise.inject.spi.WithAnnotations;
import java.lang.annotation.Annotation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceDefinitionException;
import org.jboss.weld.environment.se.Weld;
import org.jboss.weld.environment.se.WeldContainer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Boots an archive of one or a few services in Weld, as the server does with the application. */
class ServiceDiscoveryTest {
  @Nested
  class AGoodService {
    @Test
    void isFoundWithAllThatItsClassSays() {
      ServiceDescriptor echo = discover(GoodServices.Echo.class).get("echo");

      assertThat(echo.name()).isEqualTo("echo");
      assertThat(echo.description()).isEqualTo("Says it again.");
      assertThat(echo.category()).isEqualTo("text");
      assertThat(echo.serviceClass()).isEqualTo(GoodServices.Echo.class);
      assertThat(echo.inputType()).isEqualTo(GoodServices.Input.class);
      assertThat(erased(echo)).isEqualTo(GoodServices.Output.class);
      assertThat(echo.defaultPrice())
          .isEqualTo(
              new Price(
                  Credits.parse("1.5"),
                  List.of(new UnitRate("tokens", Credits.parse("0.001"), 10, 1000))));
    }

    @Test
    void costsOneCreditAndIsGeneralUnlessItSaysOtherwise() {
      ServiceDescriptor rich = discover(GoodServices.RichService.class).get("rich");

      assertThat(rich.defaultPrice()).isEqualTo(new Price(Credits.parse("1"), List.of()));
      assertThat(rich.category()).isEqualTo("general");
      assertThat(rich.description()).isEmpty();
    }

    @Test
    void mayInheritItsTypesThroughAGenericClassInBetween() {
      ServiceDescriptor listing = discover(GoodServices.Letters.class).get("listing");

      assertThat(listing.inputType()).isEqualTo(GoodServices.Input.class);
      assertThat(erased(listing)).isEqualTo(List.class);
      assertThat(((ResolvedType) listing.outputType()).getTypeParameters())
          .extracting(ResolvedType::getErasedType)
          .isEqualTo(List.of(GoodServices.Output.class));
      assertThat(listing.defaultPrice().maximum()).isEqualTo(Credits.ZERO);
    }

    @Test
    void mayTakeRecordsOfEverythingThatHasAJsonForm() {
      assertThat(discover(GoodServices.RichService.class)).containsOnlyKeys("rich");
    }

    @Test
    void mayHaveAProtectedConstructor() {
      assertThat(discover(GoodServices.ProtectedConstructor.class))
          .containsOnlyKeys("protected_constructor");
    }

    @Test
    void isFoundBesideOthersInTheOrderOfTheirNames() {
      assertThat(
              discover(
                  GoodServices.RichService.class,
                  GoodServices.Letters.class,
                  GoodServices.Echo.class))
          .satisfies(
              found -> assertThat(found.keySet()).containsExactly("echo", "listing", "rich"));
    }

    @Test
    void isABeanOfWhichThereIsOne() {
      try (WeldContainer container = archive(GoodServices.Echo.class).initialize()) {
        BaseService<?, ?> echo = container.select(GoodServices.Echo.class).get();

        assertThat(container.select(GoodServices.Echo.class).get()).isSameAs(echo);
        assertThat(echo.getClass()).as("a proxy").isNotEqualTo(GoodServices.Echo.class);
      }
    }

    @Test
    void isNotRegisteredAgainByASubclassWithoutTheAnnotation() {
      assertThat(discover(GoodServices.Echo.class, GoodServices.Parrot.class))
          .containsOnlyKeys("echo");
    }

    /** Payara's Fault Tolerance refuses a fallback on them. */
    @Test
    void hasNoAnnotationsLeftOnTheBridgeMethodsOfTheCompiler() {
      BridgeWatcher watcher = new BridgeWatcher();
      try (WeldContainer container =
          archive(GoodServices.Echo.class).addExtension(watcher).initialize()) {
        assertThat(container.isRunning()).isTrue();
      }

      assertThat(watcher.bridges).isPositive();
      assertThat(watcher.annotations).isEmpty();
    }
  }

  @Nested
  class AWrongService {
    @ParameterizedTest(name = "{0}")
    @MethodSource("io.quickscale.registry.ServiceDiscoveryTest#mistakes")
    void failsTheDeploymentWithItsNameAndTheWayToMendIt(
        Class<?> wrong, String id, String what, String remedy) {
      assertThat(errorOf(wrong))
          .contains(id + ": @RegisterService " + wrong.getName() + " ")
          .contains(what)
          .contains(remedy);
    }

    @Test
    void withTheNameOfAnotherFailsTheDeploymentWithBothClasses() {
      assertThat(errorOf(WrongServices.Twin.class, WrongServices.OtherTwin.class))
          .contains("QS014")
          .contains(WrongServices.Twin.class.getName())
          .contains(WrongServices.OtherTwin.class.getName())
          .contains("have the same name 'twin'. Rename one.");
    }

    @Test
    void withTheNameOfAnotherIsReportedEvenIfItHasOtherMistakes() {
      assertThat(errorOf(WrongServices.Twin.class, WrongServices.WrongTwin.class))
          .contains("QS012", "QS014");
    }

    @Test
    void withManyMistakesHasAllOfThemReportedAtOnce() {
      assertThat(errorOf(WrongServices.ManyMistakes.class))
          .contains("QS002") // name
          .contains("QS003") // category
          .contains("QS006") // final
          .contains("QS007") // constructor
          .contains("QS008") // asynchronous
          .contains("QS010") // input
          .contains("QS011") // output
          .contains("\"-3\", which must not be negative") // cost
          .contains("\"x\", which must be a decimal number") // unit's cost
          .contains("'Big Tokens': unit must match"); // unit
    }

    /** A server would stop at the first class, and say it in its own words. */
    @Test
    void hasItsFaultToleranceJudgedBeforeTheServerLooks() {
      String error =
          errorOf(
              archive(WrongServices.WrongTolerance.class, WrongServices.Final.class)
                  .addExtension(new FaultToleranceOfServer()));

      assertThat(error)
          .contains("QS016", "@Timeout has the value -1. Give at least 1.")
          .contains("QS017", "names the method 'nothing', which is not there. Add ")
          .contains("QS006")
          .doesNotContain(FaultToleranceOfServer.WORDS);
    }

    @Test
    void amongOthersHasTheMistakesOfAllReportedAtOnce() {
      assertThat(
              errorOf(
                  GoodServices.Echo.class,
                  WrongServices.NoService.class,
                  WrongServices.NegativeCost.class,
                  WrongServices.Final.class))
          .contains("QS001", "QS012", "QS006")
          .contains(WrongServices.NoService.class.getName())
          .contains(WrongServices.NegativeCost.class.getName())
          .contains(WrongServices.Final.class.getName())
          .doesNotContain(GoodServices.Echo.class.getName());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "sentiment_analysis", "x9", "a_", "ab_2_cd"})
  void aNameStartsWithALetterAndGoesOnWithLettersDigitsAndUnderscores(String name) {
    assertThat(NameForm.isValid(name)).isTrue();
    assertThat(NameForm.isValid("a" + "b".repeat(63))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "A", "_a", "9a", "a-b", "a b", "a.b", "\u00e9t\u00e9", "a\n"})
  void nothingElseIsAName(String name) {
    assertThat(NameForm.isValid(name)).isFalse();
    assertThat(NameForm.isValid("a" + "b".repeat(64))).isFalse();
  }

  static Stream<Arguments> mistakes() {
    String name = "A name is a lower-case letter followed by up to 63";
    String extend = "Extend BaseService<Input, Output> with types of your own";
    String jsonForm = "Use public records, texts, numbers, booleans, enums, times, lists and maps";
    return Stream.of(
        wrong(WrongServices.BadName.class, "QS002", "'Sentiment-Analysis'", name),
        wrong(WrongServices.EmptyName.class, "QS002", "the name ''", name),
        wrong(WrongServices.NameThatStartsWithADigit.class, "QS002", "'1st'", name),
        wrong(WrongServices.LongName.class, "QS002", "the name 'a234", name),
        wrong(WrongServices.BadCategory.class, "QS003", "'Text Tools'", "Use lower-case letters"),
        wrong(WrongServices.NegativeCost.class, "QS012", "\"-1.0\"", "must not be negative"),
        wrong(
            WrongServices.UnparsableCost.class,
            "QS012",
            "creditCost \"one\"",
            "must be a decimal number such as 1.5"),
        wrong(WrongServices.TooExactCost.class, "QS012", "\"0.1234567\"", "at most six decimals"),
        wrong(WrongServices.EnormousCost.class, "QS012", "\"1e13\"", "must be less than"),
        wrong(WrongServices.BadUnitName.class, "QS013", "'Input Tokens'", "[a-z][a-z0-9_]{0,63}"),
        wrong(
            WrongServices.UnparsableUnitPrice.class,
            "QS012",
            "creditsPerUnit of tokens \"cheap\"",
            "must be a decimal number such as 1.5"),
        wrong(
            WrongServices.MoreIncludedThanMaximum.class,
            "QS013",
            "'tokens'",
            "included must not be negative nor over maximum"),
        wrong(
            WrongServices.NegativeIncluded.class,
            "QS013",
            "'tokens'",
            "included must not be negative nor over maximum"),
        wrong(WrongServices.UnitPricedTwice.class, "QS013", "'tokens' twice", "Keep one"),
        wrong(WrongServices.MaximumBeyondAllCredits.class, "QS013", "maximum", "Lower"),
        wrong(
            WrongServices.NoService.class,
            "QS001",
            "does not extend BaseService",
            "Declare it as 'class NoService extends BaseService<Input, Output>'"),
        wrong(
            WrongServices.AnInterface.class, "QS001", "does not extend BaseService", "Declare it"),
        wrong(WrongServices.Abstract.class, "QS004", "is abstract", "Annotate the concrete class"),
        wrong(WrongServices.Inner.class, "QS005", "is an inner class", "Make it static"),
        wrong(WrongServices.Final.class, "QS006", "is final", "Remove 'final'"),
        wrong(
            WrongServices.WithoutConstructor.class,
            "QS007",
            "has no constructor without parameters",
            "Add one"),
        wrong(
            WrongServices.WithPrivateConstructor.class,
            "QS007",
            "has no constructor without parameters",
            "Add one"),
        wrong(WrongServices.ByMethodAsynchronous.class, "QS008", "is @Asynchronous", "Remove it"),
        wrong(WrongServices.ByClassAsynchronous.class, "QS008", "is @Asynchronous", "Remove it"),
        wrong(
            WrongServices.ByInheritanceAsynchronous.class,
            "QS008",
            "is @Asynchronous",
            "Remove it"),
        wrong(WrongServices.Raw.class, "QS009", "does not say what goes in and out", extend),
        wrong(WrongServices.Generic.class, "QS009", "does not say what goes in and out", extend),
        wrong(WrongServices.TextInput.class, "QS010", "takes java.lang.String", "must be a record"),
        wrong(
            WrongServices.HiddenInput.class,
            "QS010",
            "(io.quickscale.registry.WrongServices$Hidden is not public)",
            jsonForm),
        wrong(
            WrongServices.HiddenInside.class,
            "QS011",
            "component 'hidden' of Outside: io.quickscale.registry.WrongServices$Hidden is not",
            jsonForm),
        wrong(
            WrongServices.StreamInput.class,
            "QS010",
            "component 'content' of Stream: java.io.InputStream",
            jsonForm),
        wrong(
            WrongServices.DeepThreadInput.class,
            "QS010",
            "component 'workers' of Deep: component 'thread' of Worker: java.lang.Thread",
            jsonForm),
        wrong(WrongServices.ThreadOutput.class, "QS011", "java.lang.Thread", jsonForm),
        wrong(WrongServices.VoidOutput.class, "QS011", "java.lang.Void", jsonForm),
        wrong(WrongServices.ListOfRunnersOutput.class, "QS011", "java.lang.Runnable", jsonForm));
  }

  private static Arguments wrong(Class<?> type, String id, String what, String remedy) {
    return Arguments.of(type, id, what, remedy);
  }

  /** Counts the annotations that are left on bridge methods. */
  static class BridgeWatcher implements Extension {
    private int bridges;
    private final List<Annotation> annotations = new ArrayList<>();

    <T> void watch(@Observes ProcessManagedBean<T> event) {
      event.getAnnotatedBeanClass().getMethods().stream()
          .filter(method -> method.getJavaMember().isBridge())
          .forEach(
              method -> {
                bridges++;
                annotations.addAll(method.getAnnotations());
              });
    }
  }

  static class FaultToleranceOfServer implements Extension {
    private static final String WORDS = "a server's own words";

    <T> void refuse(@Observes @WithAnnotations(Timeout.class) ProcessAnnotatedType<T> event) {
      if (event.getAnnotatedType().getMethods().stream()
          .map(method -> method.getAnnotation(Timeout.class))
          .anyMatch(timeout -> timeout != null && timeout.value() < 0)) {
        throw new FaultToleranceDefinitionException(WORDS);
      }
    }
  }

  private static Map<String, ServiceDescriptor> discover(Class<?>... types) {
    ServiceDiscovery discovery = new ServiceDiscovery();
    try (WeldContainer container = archive(discovery, types).initialize()) {
      assertThat(container.isRunning()).isTrue();
      return discovery.descriptors();
    }
  }

  private static String errorOf(Class<?>... types) {
    return errorOf(archive(types));
  }

  private static String errorOf(Weld archive) {
    Throwable error = catchThrowable(() -> archive.initialize().close());
    assertThat(error).as("the deployment must fail").isNotNull();
    return error.getMessage();
  }

  private static Weld archive(Class<?>... types) {
    return archive(new ServiceDiscovery(), types);
  }

  private static Weld archive(ServiceDiscovery discovery, Class<?>... types) {
    return new Weld()
        .disableDiscovery()
        .addExtension(discovery)
        .addBeanClass(FakeRunner.class)
        .addBeanClasses(types);
  }

  private static Class<?> erased(ServiceDescriptor descriptor) {
    return ((ResolvedType) descriptor.outputType()).getErasedType();
  }
}
