package io.quickscale.db;

import java.util.function.IntFunction;

/** The types of columns that are written in bulk. */
public enum SqlType {
  BIGINT("bigint", "bigint", Long[]::new),
  INTEGER("integer", "integer", Integer[]::new),
  BOOLEAN("boolean", "boolean", Boolean[]::new),
  VARCHAR("varchar", "varchar", String[]::new),
  TIMESTAMP("timestamp with time zone", "timestamptz", Object[]::new);

  private final String sql;
  private final String elementName;
  private final IntFunction<Object[]> array;

  SqlType(String sql, String elementName, IntFunction<Object[]> array) {
    this.sql = sql;
    this.elementName = elementName;
    this.array = array;
  }

  /** An empty array; drivers send numbers and texts faster if they know them as such. */
  Object[] array(int size) {
    return array.apply(size);
  }

  /** A parameter that takes an array of this type. */
  String arrayParameter() {
    return "cast(? as " + sql + " array)";
  }

  /** What JDBC calls the type of an array's elements. */
  String elementName() {
    return elementName;
  }
}
