package io.quickscale.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.MBeanOperationInfo;

/**
 * What a management console shows beside a managed resource, one of its attributes (on its getter),
 * one of its operations, or a parameter of that.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.PARAMETER})
public @interface Description {
  String value();

  /** Of an operation: whether it only tells something or changes something. */
  int impact() default MBeanOperationInfo.ACTION;
}
