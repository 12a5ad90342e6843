package io.quickscale.definition;

/** What keeps a class from being a bean that a service can be. */
public enum ClassTrait {
  ABSTRACT("QS004", "is abstract", "Annotate the concrete class instead"),
  INNER("QS005", "is an inner class", "Make it static or move it to a file of its own"),
  FINAL("QS006", "is final, so that the container cannot wrap it", "Remove 'final'"),
  WITHOUT_CONSTRUCTOR(
      "QS007", "has no constructor without parameters", "Add one (protected is enough)"),
  ASYNCHRONOUS("QS008", "is @Asynchronous", "Remove it: the runner and background jobs do this");

  private final String code;
  private final String what;
  private final String remedy;

  ClassTrait(String code, String what, String remedy) {
    this.code = code;
    this.what = what;
    this.remedy = remedy;
  }

  <P> BrokenRule<P> brokenAt(P where) {
    return new BrokenRule<>(code, where, what, remedy);
  }
}
