package io.quickscale.platform;

import java.io.IOException;
import java.net.URL;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The application's class loader with a memory for {@code META-INF/services}. Payara looks for
 * providers of thread contexts whenever Fault Tolerance sets a timeout, by a search through all
 * libraries of the server: a fifth of the time of a short run. What is deployed does not change, so
 * neither does the answer.
 */
public final class ProviderLookups extends ClassLoader {
  private static final String PROVIDERS = "META-INF/services/";

  private final Map<String, List<URL>> known = new ConcurrentHashMap<>();

  public ProviderLookups(ClassLoader application) {
    super(application);
  }

  /**
   * Does something that looks for providers; the application's own code in it is to {@link #leave}.
   */
  public <T> T around(Callable<T> work) throws Exception {
    return with(this, work);
  }

  /** Does something with the application's own class loader again. */
  public static <T> T leave(Callable<T> work) throws Exception {
    ClassLoader current = Thread.currentThread().getContextClassLoader();
    return current instanceof ProviderLookups ? with(current.getParent(), work) : work.call();
  }

  private static <T> T with(ClassLoader loader, Callable<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    if (!name.startsWith(PROVIDERS)) {
      return super.getResources(name);
    }
    List<URL> urls = known.get(name);
    if (urls == null) {
      urls = Collections.list(super.getResources(name));
      known.put(name, urls);
    }
    return Collections.enumeration(urls);
  }
}
