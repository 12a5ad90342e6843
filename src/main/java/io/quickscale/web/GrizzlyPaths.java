package io.quickscale.web;

import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.annotation.WebListener;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Lets QuickScale answer on Payara what the server answers before it asks any application: a path
 * that cannot be decoded (200 with nothing in it) or normalised (400 with nothing in it). Payara
 * has no setting for that, and no place for an application to come in; so a filter is put into the
 * listeners of its HTTP server, Grizzly, which turns such a path into one that it lets through and
 * {@link RequestLineFilter} refuses. By reflection, since the WAR runs on other servers too; where
 * anything is not as it is expected, the server answers by itself as before.
 */
@WebListener
public class GrizzlyPaths implements ServletContextListener {
  private static final Logger LOG = Logger.getLogger(GrizzlyPaths.class.getName());
  private static final String PREFIX = "/internal/undecodable/";
  private static final String GRIZZLY = "org.glassfish.grizzly.";

  private final List<Runnable> removals = new ArrayList<>();

  /** The path that was sent, whatever became of it. */
  static String original(String path) {
    if (!path.startsWith(PREFIX)) {
      return path;
    }
    try {
      return new String(
          Base64.getUrlDecoder().decode(path.substring(PREFIX.length())), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return path;
    }
  }

  static String standIn(String path) {
    return PREFIX
        + Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(path.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      Class<?> globals = type("org.glassfish.internal.api.Globals");
      Object habitat = globals.getMethod("getDefaultHabitat").invoke(null);
      Object service =
          globals
              .getMethod("get", Class.class)
              .invoke(null, type("com.sun.enterprise.v3.services.impl.GrizzlyService"));
      Class<?> listener = type(GRIZZLY + "config.dom.NetworkListener");
      Object listeners =
          type("org.glassfish.hk2.api.ServiceLocator")
              .getMethod("getAllServices", Class.class, java.lang.annotation.Annotation[].class)
              .invoke(habitat, listener, new java.lang.annotation.Annotation[0]);
      for (Object each : (List<?>) listeners) {
        if (!"admin-listener".equals(listener.getMethod("getName").invoke(each))) {
          addFilter(call(service, "lookupNetworkProxy", listener, each));
        }
      }
    } catch (ClassNotFoundException e) {
      LOG.log(Level.FINE, "Not Payara: the server lets undecodable paths through by itself");
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(Level.INFO, "The server answers undecodable paths by itself", e);
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    removals.forEach(Runnable::run);
  }

  /** Before the last filter of a listener, which asks the applications. */
  private void addFilter(Object proxy) throws ReflectiveOperationException {
    if (proxy == null) {
      return;
    }
    Object transport = call(call(proxy, "getUnderlyingListener"), "getTransport");
    @SuppressWarnings("unchecked")
    List<Object> chain = (List<Object>) call(transport, "getProcessor");
    Class<?> last = type(GRIZZLY + "http.server.HttpServerFilter");
    for (int i = 0; i < chain.size(); i++) {
      if (last.isInstance(chain.get(i))) {
        Object filter = filter();
        chain.add(i, filter);
        removals.add(() -> chain.remove(filter));
        return;
      }
    }
  }

  private static Object filter() throws ReflectiveOperationException {
    Class<?> type = type(GRIZZLY + "filterchain.Filter");
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, new PathFilter());
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName(name, false, GrizzlyPaths.class.getClassLoader());
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static Object call(Object target, String method, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    return target.getClass().getMethod(method, type).invoke(target, argument);
  }

  /**
   * The text behind a path that Payara takes.
   *
   * @throws IllegalArgumentException it would answer by itself; the message is without a subject
   */
  static String decode(String path) {
    String decoded = PercentEncoding.decode(path);
    if (decoded.indexOf('\\') >= 0 || decoded.indexOf(0) >= 0 || leavesTheRoot(decoded)) {
      throw new IllegalArgumentException("has a backslash, a NUL, or leads out of the root");
    }
    return decoded;
  }

  private static boolean leavesTheRoot(String path) {
    int depth = 0;
    for (String segment : path.split("/+")) {
      depth += segment.isEmpty() || segment.equals(".") ? 0 : segment.equals("..") ? -1 : 1;
      if (depth < 0) {
        return true;
      }
    }
    return false;
  }

  /** Grizzly's filter, as far as it is called. */
  private static final class PathFilter implements InvocationHandler {
    private static final Set<String> EVENTS =
        Set.of(
            "handleRead",
            "handleWrite",
            "handleConnect",
            "handleAccept",
            "handleEvent",
            "handleClose");

    private final Method nextAction;
    private final Method message;
    private final Class<?> content;
    private final Method header;
    private final Class<?> request;
    private final Method uri;
    private final Method setUri;

    private PathFilter() throws ReflectiveOperationException {
      Class<?> context = type(GRIZZLY + "filterchain.FilterChainContext");
      nextAction = context.getMethod("getInvokeAction");
      message = context.getMethod("getMessage");
      content = type(GRIZZLY + "http.HttpContent");
      header = content.getMethod("getHttpHeader");
      request = type(GRIZZLY + "http.HttpRequestPacket");
      uri = request.getMethod("getRequestURI");
      setUri = request.getMethod("setRequestURI", String.class);
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments)
        throws ReflectiveOperationException {
      if (method.getName().equals("handleRead")) {
        look(message.invoke(arguments[0]));
      }
      return switch (method.getName()) {
        case "equals" -> proxy == arguments[0];
        case "hashCode" -> System.identityHashCode(proxy);
        case "toString" -> getClass().getName();
        default -> EVENTS.contains(method.getName()) ? nextAction.invoke(arguments[0]) : null;
      };
    }

    private static boolean isTaken(String path) {
      try {
        return decode(path) != null;
      } catch (IllegalArgumentException e) {
        return false;
      }
    }

    private void look(Object read) throws ReflectiveOperationException {
      if (content.isInstance(read)) {
        Object packet = header.invoke(read);
        if (request.isInstance(packet)) {
          String path = (String) uri.invoke(packet);
          if (path.startsWith("/") && !isTaken(path)) {
            setUri.invoke(packet, standIn(path));
          }
        }
      }
    }
  }
}
