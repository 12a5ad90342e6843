package io.quickscale.system;

/**
 * A run that a customer was told of.
 *
 * @param key the idempotency key, sent as the request's id too so that the run's record has it
 * @param usageId of the run that was paid
 * @param micros what it cost
 */
record Purchase(String key, String usageId, long micros) {
  static Purchase of(String key, Reply receipt) {
    return new Purchase(
        key,
        receipt.text("usage_id"),
        receipt
            .json()
            .getJsonNumber("credits_consumed")
            .bigDecimalValue()
            .movePointRight(6)
            .longValueExact());
  }
}
