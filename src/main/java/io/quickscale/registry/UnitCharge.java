package io.quickscale.registry;

import io.quickscale.credit.Credits;
import jakarta.json.Json;
import jakarta.json.JsonArrayBuilder;
import jakarta.json.JsonBuilderFactory;
import jakarta.json.JsonObject;
import jakarta.json.JsonObjectBuilder;
import jakarta.json.JsonReader;
import jakarta.json.JsonReaderFactory;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * What a run metered of a unit and what that cost, with the rate of its time, so that the charge
 * can be computed again whatever the rate is by then.
 *
 * @param quantity what was metered
 * @param included units that cost nothing
 * @param maximum the most units that are charged; null if the unit had no price
 * @param credits what the quantity cost
 */
public record UnitCharge(
    String unit,
    long quantity,
    long included,
    Long maximum,
    Credits creditsPerUnit,
    Credits credits) {
  private static final int DECIMALS = 6;

  /** Json's own methods look for an implementation in every library at each call. */
  private static final JsonBuilderFactory BUILDERS = Json.createBuilderFactory(Map.of());

  private static final JsonReaderFactory READERS = Json.createReaderFactory(Map.of());

  static UnitCharge of(UnitRate rate, long quantity) {
    return new UnitCharge(
        rate.unit(),
        quantity,
        rate.included(),
        rate.maximum(),
        rate.creditsPerUnit(),
        rate.charge(quantity));
  }

  /** Of a unit that the class meters and the operator has no price for. */
  static UnitCharge free(String unit, long quantity) {
    return new UnitCharge(unit, quantity, 0, null, Credits.ZERO, Credits.ZERO);
  }

  /** As one JSON column; null for none. */
  public static String format(List<UnitCharge> charges) {
    if (charges.isEmpty()) {
      return null;
    }
    JsonArrayBuilder array = BUILDERS.createArrayBuilder();
    charges.forEach(charge -> array.add(charge.toJson()));
    return array.build().toString();
  }

  /** Reads what {@link #format} wrote. */
  public static List<UnitCharge> parse(String text) {
    if (text == null) {
      return List.of();
    }
    try (JsonReader reader = READERS.createReader(new StringReader(text))) {
      return reader.readArray().getValuesAs(JsonObject.class).stream().map(UnitCharge::of).toList();
    }
  }

  private JsonObjectBuilder toJson() {
    JsonObjectBuilder json =
        BUILDERS
            .createObjectBuilder()
            .add("unit", unit)
            .add("quantity", quantity)
            .add("included", included)
            .add("credits_per_unit", creditsPerUnit.toDecimal())
            .add("credits", credits.toDecimal());
    return maximum == null ? json : json.add("maximum", maximum);
  }

  private static UnitCharge of(JsonObject json) {
    return new UnitCharge(
        json.getString("unit"),
        json.getJsonNumber("quantity").longValueExact(),
        json.getJsonNumber("included").longValueExact(),
        json.containsKey("maximum") ? json.getJsonNumber("maximum").longValueExact() : null,
        credits(json, "credits_per_unit"),
        credits(json, "credits"));
  }

  private static Credits credits(JsonObject json, String name) {
    BigDecimal amount = json.getJsonNumber(name).bigDecimalValue();
    return Credits.ofMicros(amount.movePointRight(DECIMALS).longValueExact());
  }
}
