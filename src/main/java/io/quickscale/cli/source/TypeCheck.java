package io.quickscale.cli.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.TypeDeclaration;
import com.github.javaparser.ast.type.ClassOrInterfaceType;
import com.github.javaparser.ast.type.Type;
import java.util.List;
import java.util.Optional;

/** Whether what goes in and out has a JSON form; the deployment asks the same. */
final class TypeCheck implements Check {
  @Override
  public void check(ServiceSource service, Findings findings) {
    if (!service.extendsBase()) {
      return;
    }
    ClassOrInterfaceType base = service.root().orElseThrow();
    List<Type> types = service.inputAndOutput();
    if (types.size() != 2 || types.stream().anyMatch(type -> isObject(service, type))) {
      findings.error(
          "QS009",
          here(service, base),
          "the class does not say what goes in and out",
          "Extend BaseService<Input, Output> with types of your own");
      return;
    }
    checkInput(service, types.get(0), findings);
    checkForm("QS011", "output", service, types.get(1), findings);
  }

  private static boolean isObject(ServiceSource service, Type type) {
    return jdk(service, type).filter(Object.class::equals).isPresent();
  }

  private static Optional<Class<?>> jdk(ServiceSource service, Type type) {
    JavaFile file = service.project().fileOf(type);
    return type.toClassOrInterfaceType()
        .filter(named -> service.project().declaration(named, file).isEmpty())
        .flatMap(file::typeOfJdk);
  }

  private static void checkInput(ServiceSource service, Type type, Findings findings) {
    Optional<TypeDeclaration<?>> declaration =
        type.toClassOrInterfaceType()
            .flatMap(named -> service.project().declaration(named, service.project().fileOf(type)));
    boolean isKnown =
        declaration.isPresent() || !type.isClassOrInterfaceType() || jdk(service, type).isPresent();
    if (isKnown && declaration.filter(TypeDeclaration::isRecordDeclaration).isEmpty()) {
      findings.error(
          "QS010",
          here(service, declaration.<Node>map(TypeDeclaration::getName).orElse(type)),
          "the input %s is not a record".formatted(type.asString()),
          "Make it one: its components are the members of the JSON object");
    } else {
      checkForm("QS010", "input", service, type, findings);
    }
  }

  private static void checkForm(
      String code, String role, ServiceSource service, Type type, Findings findings) {
    new JsonForm(service.project())
        .misfit(type, service.project().fileOf(type))
        .ifPresent(
            misfit ->
                findings.error(
                    code,
                    here(service, misfit.where()),
                    "the %s has no JSON form (%s)".formatted(role, misfit.what()),
                    "Use public records, texts, numbers, booleans, enums, times, lists and maps"));
  }

  /** Findings are about the service's file; what is in another one is told where it is used. */
  private static Node here(ServiceSource service, Node where) {
    return service.project().fileOf(where).equals(service.file())
        ? where
        : service.type().getName();
  }
}
