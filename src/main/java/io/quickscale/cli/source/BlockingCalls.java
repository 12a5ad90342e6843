package io.quickscale.cli.source;

import com.github.javaparser.ast.expr.MethodCallExpr;
import java.util.Set;

/** Calls that wait for the clock, the network or another process. */
final class BlockingCalls {
  private static final Set<String> OF_HTTP_CLIENT = Set.of("send", "sendAsync");
  private static final Set<String> OF_REST_CLIENT =
      Set.of("get", "post", "put", "delete", "method", "invoke");
  private static final Set<String> OF_URL = Set.of("openStream", "openConnection");
  private static final Set<String> WAITING = Set.of("sleep", "parkNanos", "waitFor", "await");

  private BlockingCalls() {}

  static boolean isBlocking(MethodCallExpr call, JavaFile file) {
    String name = call.getNameAsString();
    String scope = call.getScope().map(found -> found.toString()).orElse("");
    return WAITING.contains(name)
        || OF_URL.contains(name)
        || OF_HTTP_CLIENT.contains(name) && file.importsFrom("java.net.http")
        || OF_REST_CLIENT.contains(name)
            && file.importsFrom("jakarta.ws.rs.client")
            && scope.contains("request(")
        || name.equals("chat") && file.importsFrom("dev.langchain4j");
  }

  /** Whether the file speaks with another server. */
  static boolean callsNetwork(JavaFile file) {
    return file.importsFrom("java.net.http")
        || file.importsFrom("jakarta.ws.rs.client")
        || file.importsFrom("dev.langchain4j");
  }
}
