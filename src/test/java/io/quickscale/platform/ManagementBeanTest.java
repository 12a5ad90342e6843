package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quickscale.problem.ConflictProblem;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.management.DescriptorRead;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.OpenType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a management console is told and shown. */
class ManagementBeanTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();
  private final AtomicInteger callsInTheContainer = new AtomicInteger();

  /** What an operator sees of a pump. */
  @Description("A pump")
  public interface PumpMXBean {
    /** What a test run said. */
    record Report(boolean fine, int drops) {}

    @Description("How much it holds")
    int getVolume();

    @Description(value = "Runs it dry", impact = MBeanOperationInfo.ACTION_INFO)
    Report test(@Description("How long") int seconds);

    @Description("Breaks it")
    void overload(@Description("How") Failure how);

    /** What can go wrong. */
    enum Failure {
      PROBLEM,
      CONNECTION_LOST,
      BUG
    }
  }

  private static final class Pump implements PumpMXBean {
    @Override
    public int getVolume() {
      return 12;
    }

    @Override
    public Report test(int seconds) {
      return new Report(true, seconds * 3);
    }

    @Override
    public void overload(Failure how) {
      switch (how) {
        case PROBLEM -> throw new ConflictProblem("It is running.");
        case CONNECTION_LOST ->
            throw new IllegalStateException(new SQLException("secret", "08006"));
        default -> throw new IllegalStateException("secret");
      }
    }
  }

  static Stream<Class<?>> viewsOfTheApplication() {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.quickscale")
            .stream()
            .filter(type -> type.getSimpleName().endsWith("MXBean"))
            .map(JavaClass::reflect);
  }

  @ParameterizedTest
  @MethodSource("viewsOfTheApplication")
  void everyPartOfAViewHasADescriptionAndAnOpenType(Class<?> view) {
    MBeanInfo info = bean(view).getMBeanInfo();

    assertThat(info.getClassName()).isEqualTo(view.getName());
    assertThat(info.getDescription()).isEqualTo(view.getAnnotation(Description.class).value());
    assertThat(info.getAttributes().length + info.getOperations().length).isPositive();
    assertThat(info.getAttributes())
        .allSatisfy(
            attribute -> {
              assertIsOpen(attribute);
              assertThat(attribute.getDescription()).contains(" ");
              assertThat(attribute.isWritable()).as("changes are operations").isFalse();
            });
    assertThat(info.getOperations())
        .allSatisfy(
            operation -> {
              assertIsOpen(operation);
              assertThat(operation.getDescription()).contains(" ");
              assertThat(operation.getImpact()).isNotEqualTo(MBeanOperationInfo.UNKNOWN);
              assertThat(operation.getSignature())
                  .allSatisfy(
                      parameter -> {
                        assertIsOpen(parameter);
                        assertThat(parameter.getDescription()).contains(" ");
                        assertThat(parameter.getName()).doesNotMatch("p\\d+|arg\\d+");
                      });
            });
  }

  private static void assertIsOpen(DescriptorRead part) {
    assertThat(part.getDescriptor().getFieldValue("openType")).isInstanceOf(OpenType.class);
  }

  @ParameterizedTest
  @MethodSource("viewsOfTheApplication")
  void noTwoOperationsOfAViewHaveOneName(Class<?> view) {
    assertThat(Arrays.stream(view.getMethods()).map(Method::getName)).doesNotHaveDuplicates();
  }

  @Test
  void aConsoleSeesAttributesAndOperationsAndNeedsNoClassOfOurs() throws Exception {
    ObjectName pump = register();

    assertThat(server.getAttribute(pump, "Volume")).isEqualTo(12);
    var report =
        (CompositeData) server.invoke(pump, "test", new Object[] {2}, new String[] {"int"});
    assertThat(report.getAll(new String[] {"fine", "drops"})).containsExactly(true, 6);
    MBeanOperationInfo test =
        Arrays.stream(server.getMBeanInfo(pump).getOperations())
            .filter(operation -> operation.getName().equals("test"))
            .findFirst()
            .orElseThrow();
    assertThat(test.getImpact()).isEqualTo(MBeanOperationInfo.ACTION_INFO);
    assertThat(test.getSignature()[0].getName()).isEqualTo("seconds");
    assertThat(test.getSignature()[0].getDescription()).isEqualTo("How long");
  }

  @Test
  void everyCallIsMadeInTheContainer() throws Exception {
    ObjectName pump = register();

    server.getAttribute(pump, "Volume");
    server.invoke(pump, "test", new Object[] {2}, new String[] {"int"});

    assertThat(callsInTheContainer).hasValue(2);
  }

  @Test
  void whatFailsIsSaidInJavasOwnExceptionsWithoutTheInside() throws Exception {
    ObjectName pump = register();
    Map<PumpMXBean.Failure, String> words =
        Map.of(
            PumpMXBean.Failure.PROBLEM, "It is running.",
            PumpMXBean.Failure.BUG, "This failed; the log of the server says why.");

    words.forEach(
        (failure, sentence) ->
            assertThatThrownBy(() -> overload(pump, failure))
                .rootCause()
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage(sentence));
    assertThatThrownBy(() -> overload(pump, PumpMXBean.Failure.CONNECTION_LOST))
        .rootCause()
        .isExactlyInstanceOf(IllegalStateException.class)
        .hasMessageNotContaining("secret");
  }

  @Test
  void aPartWithoutADescriptionIsAMistake() {
    assertThatThrownBy(() -> bean(NakedMXBean.class).getMBeanInfo())
        .hasMessageContaining("getAnything")
        .hasMessageContaining("has no @Description");
  }

  /** Says nothing of its attribute. */
  @Description("Something")
  public interface NakedMXBean {
    int getAnything();
  }

  private ObjectName register() throws Exception {
    ObjectName name = new ObjectName("test:type=Pump");
    PumpMXBean pump =
        ContainerCalls.to(
            new Pump(),
            PumpMXBean.class,
            work -> {
              callsInTheContainer.incrementAndGet();
              return work.call();
            });
    server.registerMBean(new ManagementBean<>(pump, PumpMXBean.class), name);
    return name;
  }

  private void overload(ObjectName pump, PumpMXBean.Failure how) throws Exception {
    server.invoke(pump, "overload", new Object[] {how.name()}, new String[] {"java.lang.String"});
  }

  private static <T> ManagementBean<T> bean(Class<T> view) {
    Object nothing =
        Proxy.newProxyInstance(
            view.getClassLoader(), new Class<?>[] {view}, (proxy, method, arguments) -> null);
    return new ManagementBean<>(view.cast(nothing), view);
  }
}
