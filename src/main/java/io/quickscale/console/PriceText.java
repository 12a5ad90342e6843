package io.quickscale.console;

import io.quickscale.credit.Credits;
import io.quickscale.registry.Price;
import io.quickscale.registry.UnitRate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A price in words: {@code 1 credit a run + 0.5 credits per page beyond 3}. */
final class PriceText {
  private PriceText() {}

  static String of(Price price) {
    return Stream.concat(
            Stream.of(amount(price.perRun()) + " a run"), price.rates().stream().map(PriceText::of))
        .collect(Collectors.joining(" + "));
  }

  private static String of(UnitRate rate) {
    String beyond = rate.included() == 0 ? "" : " beyond %,d".formatted(rate.included());
    return amount(rate.creditsPerUnit()) + " per " + rate.unit().replace('_', ' ') + beyond;
  }

  private static String amount(Credits credits) {
    String number = credits.toDecimal().toPlainString();
    return number + (number.equals("1") ? " credit" : " credits");
  }
}
