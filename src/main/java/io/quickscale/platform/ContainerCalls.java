package io.quickscale.platform;

import io.quickscale.problem.Problem;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Calls of a management console on their way into the application. Their threads belong to the JVM
 * and know no application; the calls are made in the container. What fails comes out as an
 * exception of Java's own with a message for an operator: a console has no classes of ours to read
 * another one with.
 */
final class ContainerCalls implements InvocationHandler {
  private static final Logger LOG = Logger.getLogger(ContainerCalls.class.getName());

  private final Object resource;
  private final Container container;

  /** Does something as the application. */
  interface Container {
    Object call(Callable<Object> work) throws Exception;
  }

  private ContainerCalls(Object resource, Container container) {
    this.resource = resource;
    this.container = container;
  }

  /** The same resource, for threads from outside. */
  static <T> T to(T resource, Class<T> view, Container container) {
    InvocationHandler calls = new ContainerCalls(resource, container);
    return view.cast(Proxy.newProxyInstance(view.getClassLoader(), new Class<?>[] {view}, calls));
  }

  @Override
  public Object invoke(Object proxy, Method method, Object[] arguments) throws Exception {
    try {
      return container.call(() -> method.invoke(resource, arguments));
    } catch (InvocationTargetException failure) {
      throw forOperator(method, failure.getCause());
    } catch (Exception refused) {
      LOG.log(Level.FINE, "The container refused a call of a console", refused);
      throw new IllegalStateException("The application is starting or stopping.");
    }
  }

  private static RuntimeException forOperator(Method method, Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Problem problem) {
        return new IllegalStateException(problem.detail());
      }
    }
    Optional<Problem> database = DatabaseProblem.of(failure);
    if (database.isPresent()) {
      LOG.log(Level.FINE, "A console met a database problem", failure);
      return new IllegalStateException(database.get().detail());
    }
    LOG.log(Level.SEVERE, failure, () -> "management failed operation=" + method.getName());
    return new IllegalStateException("This failed; the log of the server says why.");
  }
}
