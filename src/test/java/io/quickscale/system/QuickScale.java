package io.quickscale.system;

import jakarta.json.Json;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The application under test, as its callers see it: {@code quickScale.newUser(10).run("outcome",
 * input)}.
 */
final class QuickScale {
  static final String ADMIN_KEY = "qs_admin_0123456789abcdef";
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final AtomicInteger USERS = new AtomicInteger();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final URI root;
  private final String adminKey;

  QuickScale(URI root) {
    this(root, ADMIN_KEY);
  }

  QuickScale(URI root, String adminKey) {
    this.root = root;
    this.adminKey = adminKey;
  }

  /** Where it is, without a slash at the end. */
  String url() {
    return root.toString().replaceAll("/$", "");
  }

  /** Somebody without a key. */
  Caller anybody() {
    return new Caller(Map.of(), null);
  }

  /** Somebody with this key. */
  Caller withKey(String key) {
    return new Caller(Map.of("Authorization", "Bearer " + key), null);
  }

  Caller admin() {
    return withKey(adminKey);
  }

  /** A new user without credits. */
  Caller newUser() {
    String email = "user" + USERS.incrementAndGet() + "-" + System.nanoTime() + "@example.org";
    String id = admin().post("/api/v1/admin/users", object("email", email)).expect(201).text("id");
    String key =
        admin().post("/api/v1/admin/users/" + id + "/api-keys", object()).expect(201).text("key");
    return new Caller(Map.of("Authorization", "Bearer " + key), id);
  }

  /** A new user with pay-as-you-go credits. */
  Caller newUser(int credits) {
    Caller user = newUser();
    grant(user, "pay_as_you_go", credits);
    return user;
  }

  /** Gives credits that do not expire soon and returns the grant's id. */
  String grant(Caller user, String kind, int credits) {
    return grant(user, kind, credits, "2199-01-01T00:00:00Z");
  }

  String grant(Caller user, String kind, int credits, String expiresAt) {
    return admin()
        .post(
            "/api/v1/admin/users/" + user.id() + "/grants",
            Json.createObjectBuilder()
                .add("kind", kind)
                .add("amount", credits)
                .add("expires_at", expiresAt)
                .add("description", "for a test")
                .build())
        .expect(201)
        .text("id");
  }

  /** The server's clock. */
  Instant now() {
    return Instant.parse(admin().get("/api/v1/test/clock").expect(200).body());
  }

  void forwardSeconds(long seconds) {
    admin().post("/api/v1/test/clock/forward?seconds=" + seconds, object()).expect(200);
  }

  /** WildFly answers for the server's health on its management port. */
  private URI at(String path) {
    String management = System.getProperty("quickscale.test.management.port");
    return management != null && path.startsWith("/health")
        ? URI.create("http://127.0.0.1:" + management + path)
        : root.resolve(path);
  }

  /** The ids of a page's items. */
  static List<String> ids(Reply page) {
    return page.items().getValuesAs(JsonObject.class).stream()
        .map(item -> item.getString("id"))
        .toList();
  }

  JsonObject newestAuditEntry() {
    return admin().get("/api/v1/admin/audit-log?limit=1").expect(200).items().getJsonObject(0);
  }

  /** Changes the database past the application. */
  void sql(String statement) {
    admin().post("/api/v1/test/sql", object("statement", statement)).expect(204);
  }

  /** Whether every balance is what the ledger says. */
  void assertLedgerIsConsistent() {
    Reply reply = admin().get("/api/v1/admin/ledger/verify").expect(200);
    if (!reply.json().getBoolean("consistent")) {
      throw new AssertionError("The ledger is not consistent: " + reply.body());
    }
  }

  /** An object of texts, numbers and booleans, names and values in turn. */
  static JsonObject object(Object... members) {
    JsonObjectBuilder object = Json.createObjectBuilder();
    for (int i = 0; i < members.length; i += 2) {
      String name = (String) members[i];
      Object value = members[i + 1];
      if (value instanceof Integer number) {
        object.add(name, number);
      } else if (value instanceof Boolean flag) {
        object.add(name, flag);
      } else {
        object.add(name, (String) value);
      }
    }
    return object.build();
  }

  /** The connection was refused or cut, or nothing came for too long. */
  static final class NoAnswer extends AssertionError {
    private NoAnswer(String message, IOException cause) {
      super(message, cause);
    }
  }

  /** Somebody who sends requests. */
  final class Caller {
    private final Map<String, String> headers;
    private final String id;

    private Caller(Map<String, String> headers, String id) {
      this.headers = headers;
      this.id = id;
    }

    /** The user's id. */
    String id() {
      return id;
    }

    /** The same with one more header. */
    Caller with(String name, String value) {
      Map<String, String> more = new HashMap<>(headers);
      more.put(name, value);
      return new Caller(more, id);
    }

    /** The same at another node. */
    Caller on(QuickScale node) {
      return node.new Caller(headers, id);
    }

    /** The key in the header. */
    String key() {
      return headers.get("Authorization").substring("Bearer ".length());
    }

    Reply run(String service, JsonObject input) {
      return post("/api/v1/services/" + service + "/run", input);
    }

    Reply get(String path) {
      return send("GET", path, null);
    }

    Reply delete(String path) {
      return send("DELETE", path, null);
    }

    Reply post(String path, JsonObject body) {
      return send("POST", path, body.toString());
    }

    Reply put(String path, JsonObject body) {
      return send("PUT", path, body.toString());
    }

    Reply patch(String path, JsonObject body) {
      return send("PATCH", path, body.toString());
    }

    /** What the account can spend, as the server writes it. */
    String available() {
      return get("/api/v1/credits")
          .expect(200)
          .json()
          .getJsonNumber("available_credits")
          .toString();
    }

    /** What is set aside for runs that go on, as the server writes it. */
    String held() {
      return get("/api/v1/credits").expect(200).json().getJsonNumber("held_credits").toString();
    }

    /** How many runs the audit trail has, up to 500. */
    int usageCount() {
      return get("/api/v1/usage?limit=500").expect(200).items().size();
    }

    Reply send(String method, String path, String body) {
      return sendBytes(method, path, body == null ? null : body.getBytes(StandardCharsets.UTF_8));
    }

    /** A body that may be anything; null for none. */
    Reply sendBytes(String method, String path, byte[] body) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(at(path))
              .timeout(PATIENCE)
              .method(
                  method,
                  body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
      if (body != null && !headers.containsKey("Content-Type")) {
        request.header("Content-Type", "application/json");
      }
      headers.forEach(request::header);
      try {
        return new Reply(HTTP.send(request.build(), BodyHandlers.ofString()));
      } catch (IOException e) {
        throw new NoAnswer(method + " " + path + " got no answer", e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(method + " " + path + " was interrupted", e);
      }
    }
  }
}
