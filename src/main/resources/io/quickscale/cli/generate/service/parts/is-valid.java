  private static boolean isValid(Input input) {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      return factory.getValidator().validate(input).isEmpty();
    }
  }
