package io.quickscale.cli;

import io.quickscale.cli.generate.ServiceName;
import io.quickscale.cli.generate.ServicePlan;
import io.quickscale.cli.generate.ServiceType;
import io.quickscale.definition.CreditAmount;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** What a new service is like. */
final class ServiceOptions {
  private static final int MOST_CHARACTERS = 2000;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      converter = TypeWord.class,
      completionCandidates = TypeWord.All.class,
      description = "What it starts as: ${COMPLETION-CANDIDATES}.")
  ServiceType type;

  @ArgGroup Price price = new Price();

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "One or two sentences for callers.")
  String description;

  /** Either of two ways to say what a run costs. */
  static final class Price {
    @Option(
        names = "--credit-cost",
        paramLabel = "N",
        description = "Credits for a run, with up to six decimals (1.0).")
    String creditCost = "1.0";

    @Option(names = "--free", description = "A run costs nothing.")
    boolean free;
  }

  /** Types by their words on the command line. */
  static final class TypeWord implements ITypeConverter<ServiceType> {
    /** All of them. */
    static final class All implements Iterable<String> {
      @Override
      public Iterator<String> iterator() {
        return words().iterator();
      }
    }

    private static Stream<String> words() {
      return Stream.of(ServiceType.values()).map(ServiceType::word);
    }

    @Override
    public ServiceType convert(String word) {
      return Stream.of(ServiceType.values())
          .filter(type -> type.word().equals(word))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'%s' is no type of service; there are %s"
                          .formatted(word, String.join(", ", words().toList()))));
    }
  }

  /**
   * The service that these options describe.
   *
   * @throws IllegalArgumentException there cannot be such a service; the message says why
   */
  ServicePlan plan(ServiceName name, ServiceType defaultType, String packageName) {
    ServiceType chosen = type == null ? defaultType : type;
    return new ServicePlan(
        name,
        chosen,
        cost(),
        description == null ? chosen.description() : checked(description),
        packageName);
  }

  private String cost() {
    if (price.free) {
      return "0";
    }
    try {
      return CreditAmount.parse(price.creditCost).toPlainString();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "--credit-cost %s %s".formatted(price.creditCost, e.getMessage()), e);
    }
  }

  private static String checked(String description) {
    if (description.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException(
          "--description has over %d characters: shorten it".formatted(MOST_CHARACTERS));
    }
    return description;
  }
}
