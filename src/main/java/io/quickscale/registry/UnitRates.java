package io.quickscale.registry;

import io.quickscale.credit.Credits;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonObject;
import jakarta.json.JsonReader;
import java.io.StringReader;
import java.util.List;

/** Rates as one JSON column. */
final class UnitRates {
  private UnitRates() {}

  static String format(List<UnitRate> rates) {
    JsonArrayBuilder array = Json.createArrayBuilder();
    for (UnitRate rate : rates) {
      array.add(
          Json.createObjectBuilder()
              .add("unit", rate.unit())
              .add("credits_per_unit", rate.creditsPerUnit().toDecimal())
              .add("included", rate.included())
              .add("maximum", rate.maximum()));
    }
    return array.build().toString();
  }

  static Price price(long perRunMicros, String rates) {
    try (JsonReader reader = Json.createReader(new StringReader(rates))) {
      return new Price(
          Credits.ofMicros(perRunMicros),
          reader.readArray().getValuesAs(JsonObject.class).stream().map(UnitRates::rate).toList());
    }
  }

  private static UnitRate rate(JsonObject rate) {
    return new UnitRate(
        rate.getString("unit"),
        Credits.of(rate.getJsonNumber("credits_per_unit").bigDecimalValue()),
        rate.getJsonNumber("included").longValueExact(),
        rate.getJsonNumber("maximum").longValueExact());
  }
}
