package io.quickscale.json;

/**
 * A place in a JSON value, as violations name it: {@code steps[0].service}; empty for the whole.
 *
 * @param parent null for the whole
 * @param name of the member; null for an element
 * @param index of the element
 */
record FieldPath(FieldPath parent, String name, int index) {
  static final FieldPath ROOT = new FieldPath(null, null, 0);

  FieldPath member(String name) {
    return new FieldPath(this, name, 0);
  }

  FieldPath element(int index) {
    return new FieldPath(this, null, index);
  }

  /** A place as it is named from here, named from the whole. */
  String inside(String field) {
    if (field.isEmpty()) {
      return toString();
    }
    return field.startsWith("[") ? this + field : this + "." + field;
  }

  @Override
  public String toString() {
    if (parent == null) {
      return "";
    }
    String before = parent.toString();
    if (name == null) {
      return before + "[" + index + "]";
    }
    return before.isEmpty() ? name : before + "." + name;
  }
}
