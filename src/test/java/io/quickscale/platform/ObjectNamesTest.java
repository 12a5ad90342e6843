package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.junit.jupiter.api.Test;

/** The names that applications have in the MBean server of one JVM. */
class ObjectNamesTest {
  private final MBeanServer server = MBeanServerFactory.newMBeanServer();

  /** What there is to see. */
  public interface ThingMXBean {
    int getNumber();
  }

  private record Thing(int number) implements ThingMXBean {
    @Override
    public int getNumber() {
      return number;
    }
  }

  private static List<ManagedResource<?>> resources() {
    return List.of(
        ManagedResource.of("Thing", ThingMXBean.class, new Thing(1)),
        ManagedResource.of("Part", "left", ThingMXBean.class, new Thing(2)));
  }

  @Test
  void anApplicationHasItsNamesUntilItStops() throws Exception {
    ObjectNames names = new ObjectNames(server);

    names.register("shop", resources(), ObjectNamesTest::bean);
    assertThat(registered())
        .containsExactlyInAnyOrder("io.quickscale:type=Thing", "io.quickscale:type=Part,name=left");
    assertThat(server.getAttribute(new ObjectName("io.quickscale:type=Part,name=left"), "Number"))
        .isEqualTo(2);

    names.unregister();
    assertThat(registered()).isEmpty();
  }

  @Test
  void itsNextDeploymentHasThemAgain() throws Exception {
    for (int deployment = 0; deployment < 2; deployment++) {
      ObjectNames names = new ObjectNames(server);
      names.register("shop", resources(), ObjectNamesTest::bean);
      assertThat(registered()).contains("io.quickscale:type=Thing");
      names.unregister();
    }
  }

  @Test
  void aSecondApplicationOnTheServerSaysWhoItIsInAllItsNames() throws Exception {
    ObjectNames first = new ObjectNames(server);
    ObjectNames second = new ObjectNames(server);
    first.register("shop", resources().subList(0, 1), ObjectNamesTest::bean);

    second.register("shop:2", resources(), ObjectNamesTest::bean);
    assertThat(registered())
        .containsExactlyInAnyOrder(
            "io.quickscale:type=Thing",
            "io.quickscale:type=Thing,application=\"shop:2\"",
            "io.quickscale:type=Part,name=left,application=\"shop:2\"");

    second.unregister();
    assertThat(registered()).containsExactly("io.quickscale:type=Thing");
  }

  @Test
  void anApplicationThatCannotBeShownAsAWholeLeavesNothingBehind() {
    ObjectNames names = new ObjectNames(server);
    List<ManagedResource<?>> twice =
        List.of(resources().get(0), resources().get(1), resources().get(0));

    assertThatThrownBy(() -> names.register("shop", twice, ObjectNamesTest::bean));

    assertThat(registered()).isEmpty();
  }

  @Test
  void somebodyElsesUnregisteringDoesNotKeepTheOthersRegistered() throws Exception {
    ObjectNames names = new ObjectNames(server);
    names.register("shop", resources(), ObjectNamesTest::bean);
    server.unregisterMBean(new ObjectName("io.quickscale:type=Thing"));

    names.unregister();

    assertThat(registered()).isEmpty();
  }

  private Set<String> registered() {
    return server.queryNames(null, null).stream()
        .map(ObjectName::toString)
        .filter(name -> name.startsWith("io.quickscale"))
        .collect(Collectors.toSet());
  }

  private static Object bean(ManagedResource<?> resource) {
    return new StandardMBean((ThingMXBean) resource.resource(), ThingMXBean.class, true);
  }
}
