package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.regex.Pattern;

/** Admins name users by their id or by their e-mail address; the API by the id. */
final class UserReference {
  private static final Pattern ID = Pattern.compile("[0-9A-Za-z]{13}");

  private UserReference() {}

  /**
   * The id of the user. What is written in another way but is the same address is found by the
   * server.
   *
   * @throws Failure nobody has this address
   */
  static String id(Api api, String idOrEmail) {
    if (ID.matcher(idOrEmail).matches()) {
      return idOrEmail;
    }
    JsonNode found =
        api.get("/api/v1/admin/users?email=" + Api.encode(idOrEmail)).path("items").path(0);
    if (found.has("id")) {
      return found.path("id").asText();
    }
    throw new Failure(
        "There is no user '"
            + Texts.clean(idOrEmail)
            + "'. 'quickscale users list' shows them; 'quickscale users add' makes one.");
  }

  /** The path of a user's resources for admins. */
  static String path(Api api, String idOrEmail) {
    return "/api/v1/admin/users/" + Api.encode(id(api, idOrEmail));
  }
}
