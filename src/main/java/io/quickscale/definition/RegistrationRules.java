package io.quickscale.definition;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What {@code @RegisterService} may say. */
public final class RegistrationRules<P> {
  /** Of a description, in characters. */
  public static final int MAX_DESCRIPTION = 2000;

  private static final BigDecimal MAX_MICROS = BigDecimal.valueOf(Long.MAX_VALUE);

  private final Registration<P> said;
  private final List<BrokenRule<P>> broken = new ArrayList<>();

  private RegistrationRules(Registration<P> said) {
    this.said = said;
  }

  /** All that it says wrong. */
  public static <P> List<BrokenRule<P>> broken(Registration<P> said) {
    RegistrationRules<P> rules = new RegistrationRules<>(said);
    rules.checkTexts();
    rules.checkPrices();
    return rules.broken;
  }

  private void checkTexts() {
    said.name()
        .filter(name -> !NameForm.isValid(name))
        .ifPresent(
            name ->
                broken(
                    "QS002",
                    said.where(),
                    "has the name '%s'".formatted(name),
                    "A name is a lower-case letter followed by up to 63 lower-case letters, digits or _"));
    said.description()
        .filter(description -> description.length() > MAX_DESCRIPTION)
        .ifPresent(
            description ->
                broken(
                    "QS003",
                    said.where(),
                    "has a description of over %d characters".formatted(MAX_DESCRIPTION),
                    "Shorten it"));
    said.category()
        .filter(category -> !NameForm.isValid(category))
        .ifPresent(
            category ->
                broken(
                    "QS003",
                    said.where(),
                    "has the category '%s'".formatted(category),
                    "Use lower-case letters, digits and _"));
  }

  private void checkPrices() {
    Optional<BigDecimal> most = amount(said.where(), "creditCost", said.creditCost());
    Set<String> units = new HashSet<>();
    for (UnitPricing<P> price : said.unitPrices()) {
      Optional<String> twice = price.unit().filter(unit -> !units.add(unit));
      twice.ifPresent(
          unit ->
              broken(
                  "QS013",
                  price.where(),
                  "prices the unit '%s' twice".formatted(unit),
                  "Keep one"));
      if (twice.isEmpty()) {
        Optional<BigDecimal> mostOfUnit = most(price);
        most = most.flatMap(sum -> mostOfUnit.map(sum::add));
      }
    }
    most.filter(sum -> sum.movePointRight(CreditAmount.DECIMALS).compareTo(MAX_MICROS) > 0)
        .ifPresent(
            sum ->
                broken(
                    "QS013",
                    said.where(),
                    "can cost more than there are credits",
                    "Lower the maximum or the price of its units"));
  }

  /** The most that a unit can cost a run; empty if it cannot be told. */
  private Optional<BigDecimal> most(UnitPricing<P> price) {
    String unit = price.unit().orElse("");
    Optional<BigDecimal> perUnit =
        amount(price.where(), ("creditsPerUnit of " + unit).strip(), price.creditsPerUnit());
    price
        .unit()
        .flatMap(UnitForm::nameComplaint)
        .ifPresent(
            complaint -> brokenUnit(price, complaint, "Rename it, also where the run reports it"));
    Optional<Long> charged =
        price.included().flatMap(included -> price.maximum().map(most -> most - included));
    Optional<String> complaint =
        price
            .included()
            .flatMap(
                included ->
                    price.maximum().flatMap(most -> UnitForm.countComplaint(included, most)));
    complaint.ifPresent(found -> brokenUnit(price, found, "Let included be from 0 to the maximum"));
    return complaint.isPresent()
        ? Optional.empty()
        : perUnit.flatMap(credits -> charged.map(BigDecimal::valueOf).map(credits::multiply));
  }

  private void brokenUnit(UnitPricing<P> price, String complaint, String remedy) {
    broken(
        "QS013",
        price.where(),
        "has a wrong price for the unit '%s': %s".formatted(price.unit().orElse(""), complaint),
        remedy);
  }

  private Optional<BigDecimal> amount(P where, String what, Optional<String> written) {
    try {
      return written.map(CreditAmount::parse);
    } catch (IllegalArgumentException e) {
      broken(
          "QS012",
          where,
          "has the %s \"%s\", which %s".formatted(what, written.orElseThrow(), e.getMessage()),
          "Give a decimal such as \"1.5\", or \"0\" for what is free");
      return Optional.empty();
    }
  }

  private void broken(String code, P where, String what, String remedy) {
    broken.add(new BrokenRule<>(code, where, what, remedy));
  }
}
