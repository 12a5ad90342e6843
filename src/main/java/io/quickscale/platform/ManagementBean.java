package io.quickscale.platform;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Set;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.MBeanParameterInfo;
import javax.management.StandardMBean;

/** An MXBean that tells what its parts are, by the annotations and parameter names of its view. */
final class ManagementBean<T> extends StandardMBean {
  private final Class<T> view;

  ManagementBean(T resource, Class<T> view) {
    super(resource, view, true);
    this.view = view;
  }

  @Override
  protected String getClassName(MBeanInfo info) {
    return view.getName();
  }

  @Override
  protected String getDescription(MBeanInfo info) {
    return description(view).value();
  }

  @Override
  protected String getDescription(MBeanAttributeInfo info) {
    Set<String> getters = Set.of("get" + info.getName(), "is" + info.getName());
    return description(method(getters)).value();
  }

  @Override
  protected String getDescription(MBeanOperationInfo info) {
    return description(operation(info)).value();
  }

  @Override
  protected int getImpact(MBeanOperationInfo info) {
    return description(operation(info)).impact();
  }

  @Override
  protected String getParameterName(MBeanOperationInfo info, MBeanParameterInfo ofIt, int index) {
    return parameter(info, index).getName();
  }

  @Override
  protected String getDescription(MBeanOperationInfo info, MBeanParameterInfo ofIt, int index) {
    return description(parameter(info, index)).value();
  }

  private Parameter parameter(MBeanOperationInfo info, int index) {
    return operation(info).getParameters()[index];
  }

  private Method operation(MBeanOperationInfo info) {
    return method(Set.of(info.getName()));
  }

  private Method method(Set<String> names) {
    return Arrays.stream(view.getMethods())
        .filter(method -> names.contains(method.getName()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException(view + " has none of " + names));
  }

  private static Description description(AnnotatedElement part) {
    Description description = part.getAnnotation(Description.class);
    if (description == null) {
      throw new IllegalStateException(part + " has no @Description");
    }
    return description;
  }
}
