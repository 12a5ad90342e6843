package io.quickscale.system;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * A management console: a JMX client that knows no class of the application's. It reaches the
 * server that the tests have started as JConsole does on the same machine, by attaching to its JVM.
 */
final class Console implements AutoCloseable {
  private static final String DOMAIN = "io.quickscale:";

  private final JMXConnector connector;
  private final MBeanServerConnection server;

  private Console(JMXConnector connector) throws IOException {
    this.connector = connector;
    this.server = connector.getMBeanServerConnection();
  }

  /** Opens a console of the application that this process has started. */
  static Console open() throws IOException, JMException {
    for (ProcessHandle child : ProcessHandle.current().descendants().toList()) {
      Console console = attach(child);
      if (console != null) {
        return console;
      }
    }
    throw new AssertionError("None of the processes of this test has the application's MBeans");
  }

  private static Console attach(ProcessHandle process) throws IOException, JMException {
    try {
      VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
      try {
        var url = new JMXServiceURL(machine.startLocalManagementAgent());
        Console console = new Console(JMXConnectorFactory.connect(url));
        if (!console.names().isEmpty()) {
          return console;
        }
        console.close();
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException notJava) {
      // A shell script that starts the server, or a database.
    }
    return null;
  }

  /** What the application shows, {@code type=Registry}. */
  Set<String> names() throws IOException, JMException {
    return server.queryNames(named("*"), null).stream()
        .map(ObjectName::getKeyPropertyListString)
        .collect(Collectors.toSet());
  }

  MBeanInfo info(String name) throws IOException, JMException {
    return server.getMBeanInfo(named(name));
  }

  /** The attribute's value. */
  Object get(String name, String attribute) throws IOException, JMException {
    return server.getAttribute(named(name), attribute);
  }

  long number(String name, String attribute) throws IOException, JMException {
    return ((Number) get(name, attribute)).longValue();
  }

  /** All attributes' values that can be read. */
  Map<String, Object> all(String name) throws IOException, JMException {
    var attributes = info(name).getAttributes();
    String[] all = new String[attributes.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = attributes[i].getName();
    }
    return server.getAttributes(named(name), all).asList().stream()
        .filter(attribute -> attribute.getValue() != null)
        .collect(Collectors.toMap(one -> one.getName(), one -> one.getValue()));
  }

  /** What an operation gives; its parameters' types are those that the server says. */
  Object invoke(String name, String operation, Object... arguments)
      throws IOException, JMException {
    for (MBeanOperationInfo offered : info(name).getOperations()) {
      if (offered.getName().equals(operation)) {
        String[] types = new String[offered.getSignature().length];
        for (int i = 0; i < types.length; i++) {
          types[i] = offered.getSignature()[i].getType();
        }
        return server.invoke(named(name), operation, arguments, types);
      }
    }
    throw new AssertionError(name + " has no operation " + operation);
  }

  @Override
  public void close() throws IOException {
    connector.close();
  }

  private static ObjectName named(String name) throws JMException {
    return new ObjectName(DOMAIN + name);
  }
}
