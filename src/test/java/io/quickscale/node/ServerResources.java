package io.quickscale.node;

import jakarta.annotation.Resource;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.literal.InjectLiteral;
import jakarta.enterprise.inject.spi.AfterBeanDiscovery;
import jakarta.enterprise.inject.spi.Extension;
import jakarta.enterprise.inject.spi.ProcessAnnotatedType;
import jakarta.enterprise.inject.spi.WithAnnotations;
import jakarta.persistence.PersistenceContext;
import java.util.Map;

/** Injects objects of the test where a server would inject its resources. */
final class ServerResources implements Extension {
  private final Map<Class<?>, Object> resources;

  ServerResources(Map<Class<?>, Object> resources) {
    this.resources = resources;
  }

  <T> void inject(
      @Observes @WithAnnotations({PersistenceContext.class, Resource.class})
          ProcessAnnotatedType<T> event) {
    event
        .configureAnnotatedType()
        .filterFields(
            field ->
                field.isAnnotationPresent(PersistenceContext.class)
                    || field.isAnnotationPresent(Resource.class))
        .forEach(field -> field.add(InjectLiteral.INSTANCE));
  }

  void provide(@Observes AfterBeanDiscovery event) {
    resources.forEach(
        (type, resource) -> event.addBean().addTypes(type).createWith(context -> resource));
  }
}
