package io.quickscale.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderLookupsTest {
  private static final String PROVIDERS = "META-INF/services/java.lang.Runnable";

  private final Application application = new Application();
  private final ProviderLookups lookups = new ProviderLookups(application);

  /** Counts what it is asked for. */
  private static final class Application extends ClassLoader {
    private final List<String> searches = new ArrayList<>();

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      searches.add(name);
      return Collections.enumeration(List.of(new URL("file:/" + name)));
    }
  }

  @Test
  void providersAreSearchedForOnce() throws IOException {
    List<URL> first = Collections.list(lookups.getResources(PROVIDERS));
    List<URL> second = Collections.list(lookups.getResources(PROVIDERS));

    assertThat(first).containsExactly(new URL("file:/" + PROVIDERS)).isEqualTo(second);
    assertThat(application.searches).containsExactly(PROVIDERS);
  }

  @Test
  void otherResourcesAreSearchedForEachTime() throws IOException {
    lookups.getResources("words.txt");
    lookups.getResources("words.txt");

    assertThat(application.searches).containsExactly("words.txt", "words.txt");
  }

  @Test
  void whatIsInsideRunsUnderTheApplicationsOwnLoaderAgain() throws Exception {
    List<ClassLoader> seen = new ArrayList<>();

    lookups.around(
        () -> {
          seen.add(loader());
          ProviderLookups.leave(() -> seen.add(loader()));
          return seen.add(loader());
        });

    assertThat(seen).containsExactly(lookups, application, lookups);
  }

  @Test
  void theThreadGetsItsLoaderBackWhateverHappens() {
    ClassLoader before = loader();

    assertThatThrownBy(
            () ->
                lookups.around(
                    () -> {
                      throw new IOException("no");
                    }))
        .isInstanceOf(IOException.class);

    assertThat(loader()).isSameAs(before);
  }

  @Test
  void outsideOfItThereIsNothingToLeave() throws Exception {
    ClassLoader before = loader();

    assertThat(ProviderLookups.<ClassLoader>leave(ProviderLookupsTest::loader)).isSameAs(before);
  }

  private static ClassLoader loader() {
    return Thread.currentThread().getContextClassLoader();
  }
}
