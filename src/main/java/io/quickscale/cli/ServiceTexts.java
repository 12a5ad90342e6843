package io.quickscale.cli;

import com.fasterxml.jackson.databind.JsonNode;

/** A service of the API in words for people. */
final class ServiceTexts {
  private ServiceTexts() {}

  /** {@code free}, {@code 1}, {@code 0.5 + 0.001/input_token}. */
  static String price(JsonNode service) {
    JsonNode pricing = service.path("pricing");
    StringBuilder price = new StringBuilder();
    if (service.path("credit_cost").decimalValue().signum() != 0) {
      price.append(Json.amount(service.path("credit_cost")));
    }
    for (JsonNode unit : pricing.path("units")) {
      price
          .append(price.isEmpty() ? "" : " + ")
          .append(Json.amount(unit.path("credits_per_unit")))
          .append('/')
          .append(Texts.of(unit.path("unit")));
    }
    return price.isEmpty() ? "free" : price.toString();
  }

  static String state(JsonNode service) {
    if (!service.path("active").asBoolean()) {
      return "inactive";
    }
    return service.path("available").asBoolean() ? "available" : "unavailable";
  }

  /** {@code none} for a limit that is not set. */
  static String limit(JsonNode service, String name) {
    JsonNode limit = service.path("limits").path(name);
    return limit.isNumber() ? limit.asText() : "none";
  }
}
