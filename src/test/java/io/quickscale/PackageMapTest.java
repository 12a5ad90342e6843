package io.quickscale;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchPredicates.are;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import jakarta.ejb.Singleton;
import jakarta.ejb.Stateless;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Which package may know which, and what has one place only. A failure says what to do instead; to
 * change the map itself, change {@link #MAP} and say why in the commit.
 */
class PackageMapTest {
  private static final String ROOT = "io.quickscale.";

  /** The packages from the bottom up; beside each, those below it that it may use. */
  private static final Map<String, Set<String>> MAP =
      map(
          """
          problem
          csv
          faulttolerance
          definition
          metrics
          db
          platform       db metrics problem
          service        problem
          json           definition platform problem service
          credit         db definition platform problem service
          registry       credit definition faulttolerance json platform problem service
          access         credit db metrics platform problem service
          run            credit db json metrics platform problem registry service
          pipeline       credit db definition json platform problem registry run service
          job            credit db json metrics platform problem registry run service
          admin          access credit definition job json metrics pipeline platform problem registry run service
          web            access json metrics platform problem run service
          rest           access admin credit csv definition job json metrics pipeline platform problem registry run service web
          console        credit registry
          """);

  /** The services that ship: like anybody's services, they see what an author sees. */
  private static final Set<String> CATALOG_MAY_USE = Set.of("problem", "service");

  /** Classes with an entity manager whose methods may run without a transaction, and why. */
  private static final Map<String, String> READS_WITHOUT_TRANSACTION =
      Map.of(
          "io.quickscale.access.KeyLookup",
          "one read on a cache miss, on the way of every request; nothing to write, nothing to"
              + " lock",
          "io.quickscale.db.Database",
          "works on the connection of its caller's transaction, and refuses to work without one");

  /** Classes outside json that need a JSON library, and why. */
  private static final Map<String, String> READS_OTHER_THAN_JSON =
      Map.of(
          "io.quickscale.rest.ApiSchemas",
          "builds schemas of OpenAPI from JSON Schemas, keyword by keyword",
          "io.quickscale.rest.OpenApiDocument",
          "reads and writes YAML, which the JsonCodec does not speak",
          "io.quickscale.rest.YamlQuotes",
          "tells the writer of YAML what to quote");

  private static JavaClasses application;

  @BeforeAll
  static void readTheApplication() {
    application =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("/io/quickscale/cli/"))
            .importPackages("io.quickscale");
  }

  // The map.

  /** A jar of its own that is not in the WAR: none of the rules below are about it. */
  @Test
  void theCommandLineStandsByItself() {
    noClasses()
        .should()
        .dependOnClassesThat(
            are(ours())
                .and(
                    not(
                        resideInAnyPackage(
                            "io.quickscale.cli..",
                            "io.quickscale.csv..",
                            "io.quickscale.definition..",
                            "io.quickscale.faulttolerance..")))
                .or(resideInAnyPackage("jakarta..", "org.eclipse.microprofile..")))
        .because(
            "its jar has no server in it: it knows the server by its REST API alone, and shares"
                + " with it how CSV is written, what a definition is and what Fault Tolerance may"
                + " be told")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.quickscale.cli"));
  }

  @Test
  void everyPackageIsOnTheMap() {
    Set<String> found = new TreeSet<>();
    application.forEach(type -> found.add(packageOf(type)));
    found.remove("catalog");

    assertThat(found)
        .as("packages under io.quickscale: enter a new one in MAP, with what it may use")
        .isEqualTo(new TreeSet<>(MAP.keySet()));
  }

  @Test
  void anArrowOfTheMapOnlyGoesDown() {
    Set<String> below = new TreeSet<>();
    MAP.forEach(
        (name, allowed) -> {
          assertThat(below)
              .as("what %s may use stands above it in MAP: put each package where it lies", name)
              .containsAll(allowed);
          below.add(name);
        });
  }

  @ParameterizedTest
  @MethodSource("packages")
  void anArrowOfTheMapIsNeeded(String name) {
    Set<String> used =
        application.stream()
            .filter(type -> packageOf(type).equals(name))
            .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
            .map(dependency -> dependency.getTargetClass().getBaseComponentType())
            .filter(target -> target.getPackageName().startsWith(ROOT))
            .map(PackageMapTest::packageOf)
            .collect(Collectors.toSet());

    assertThat(MAP.get(name))
        .as("%s does not use all that MAP lets it use: take the others out of its line", name)
        .isSubsetOf(used);
  }

  static Stream<String> packages() {
    return MAP.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void aPackageUsesOnlyWhatTheMapAllows(String name) {
    Set<String> allowed = MAP.get(name);

    noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat(are(ours()).and(not(resideInAnyPackage(of(name, allowed)))))
        .because(
            name
                + " may use "
                + (allowed.isEmpty() ? "nothing of ours" : "only " + new TreeSet<>(allowed))
                + ": move the class to where it is needed, or pass in what it needs as a value or"
                + " an interface of its own package")
        .check(application);
  }

  @Test
  void theCatalogUsesOnlyWhatAServiceAuthorSees() {
    noClasses()
        .that()
        .resideInAPackage("io.quickscale.catalog..")
        .should()
        .dependOnClassesThat(
            are(ours()).and(not(resideInAnyPackage(of("catalog", CATALOG_MAY_USE)))))
        .because(
            "a service that ships is written like anybody's: it sees BaseService and RunContext."
                + " What else it needs belongs into RunContext, for all services")
        .check(application);
  }

  @Test
  void onlyTheMapsOwnDirectionLeadsToRestAdminAndCatalog() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.rest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.quickscale.rest..")
        .because("rest only translates HTTP: move what others need into the capability it is about")
        .check(application);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.rest..", "io.quickscale.admin..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.quickscale.admin..")
        .because("admin is the operators' entrance: only rest calls it")
        .check(application);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.catalog..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.quickscale.catalog..")
        .because("services are found by their annotation: look one up in the Registry by name")
        .check(application);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.quickscale.(*)..")
        .should()
        .beFreeOfCycles()
        .because(
            "two packages that know each other are one: move the shared part into the lower of"
                + " them")
        .check(application);
  }

  @Test
  void noTwoClassesHaveOneName() {
    Map<String, List<String>> named =
        application.stream()
            .filter(type -> type.isTopLevelClass() && !type.getSimpleName().equals("package-info"))
            .collect(
                Collectors.groupingBy(
                    JavaClass::getSimpleName,
                    TreeMap::new,
                    Collectors.mapping(JavaClass::getPackageName, Collectors.toList())));

    named.values().removeIf(packages -> packages.size() == 1);
    assertThat(named)
        .as("a name means one thing: rename the class that is less known outside of its package")
        .isEmpty();
  }

  @Test
  void theServicesOfTheCatalogDoNotKnowEachOther() {
    slices()
        .matching("io.quickscale.catalog.(*)..")
        .should()
        .notDependOnEachOther()
        .because(
            "a service must be removable by deleting its package: share through"
                + " io.quickscale.service")
        .check(application);
  }

  // What has one place.

  @Test
  void onlyRestSpeaksHttp() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.rest..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.ws.rs..")
        .because("only rest knows JAX-RS: throw a Problem, or return a value and let rest show it")
        .check(application);
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "io.quickscale.web..", "io.quickscale.rest..", "io.quickscale.console..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.servlet..", "jakarta.security..")
        .because(
            "only the faces, and web, which is what they share, see requests: pass the caller as a"
                + " value")
        .check(application);
  }

  @Test
  void noServersOwnTypesAreUsed() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.glassfish..",
            "org.jersey..",
            "org.jboss..",
            "org.wildfly..",
            "fish.payara..",
            "com.sun..",
            "org.eclipse.persistence..",
            "org.eclipse.yasson..",
            "org.hibernate..")
        .because(
            "the WAR runs on Payara and on WildFly: use the jakarta.* or org.eclipse.microprofile.*"
                + " API")
        .check(application);
  }

  @Test
  void jsonLibrariesStayWhereJsonIsMade() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.json..", "io.quickscale.catalog..")
        .and(
            DescribedPredicate.describe(
                "are not listed with a reason",
                type -> !READS_OTHER_THAN_JSON.containsKey(type.getName())))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("com.fasterxml..", "com.networknt..", "com.github.victools..")
                .and(not(resideInAPackage("com.fasterxml.classmate.."))))
        .because("JSON is read and written through io.quickscale.json.JsonCodec")
        .check(application);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.json..", "io.quickscale.registry..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.classmate..")
        .because("type parameters are resolved once, by the registry: ask its descriptor")
        .check(application);
  }

  @Test
  void csvIsWrittenInOnePlace() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.quickscale.csv..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.commons.csv..")
        .because("a cell could be a formula: write it through io.quickscale.csv.CsvWriter")
        .check(application);
  }

  @Test
  void theDatabaseIsReachedInTransactionsOnly() {
    classes()
        .that(haveAFieldOfType(EntityManager.class))
        .should(runInTransactions())
        .because(
            "a change outside a transaction is lost or fails at run time: annotate the class or"
                + " every method that can be called with @Transactional. For a read that must do"
                + " without, add the class to READS_WITHOUT_TRANSACTION with the reason")
        .check(application);
  }

  @Test
  void theExceptionsToTheRulesAreStillNeeded() {
    assertThat(READS_WITHOUT_TRANSACTION.keySet())
        .as("remove what no longer exists or no longer has an entity manager")
        .allMatch(
            name ->
                application.contain(name)
                    && haveAFieldOfType(EntityManager.class).test(application.get(name)));
    assertThat(READS_OTHER_THAN_JSON.keySet())
        .as("remove what no longer exists or no longer uses a JSON library")
        .allMatch(
            name ->
                application.contain(name)
                    && application.get(name).getDirectDependenciesFromSelf().stream()
                        .anyMatch(d -> d.getTargetClass().getName().startsWith("com.fasterxml")));
  }

  @Test
  void entityManagersAreInjectedNotPassedAround() {
    noClasses()
        .should(
            new ArchCondition<JavaClass>("have methods that take or give an EntityManager") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                for (JavaMethod method : type.getMethods()) {
                  boolean passes =
                      method.getRawReturnType().isEquivalentTo(EntityManager.class)
                          || method.getRawParameterTypes().stream()
                              .anyMatch(p -> p.isEquivalentTo(EntityManager.class));
                  events.add(new SimpleConditionEvent(method, passes, method.getDescription()));
                }
              }
            })
        .because(
            "the transaction rule looks at fields: inject @PersistenceContext where it is used")
        .check(application);
  }

  @Test
  void theTimeComesFromPlatformTime() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.platform..")
        .should()
        .accessTargetWhere(readsTheClock())
        .because("a test must be able to set the clock: inject io.quickscale.platform.Time")
        .check(application);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.platform..")
        .should()
        .callConstructor(java.util.Date.class)
        .because("a test must be able to set the clock: inject io.quickscale.platform.Time")
        .check(application);
    noClasses()
        .that()
        .resideOutsideOfPackages("io.quickscale.platform..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .because("one source of time is enough: inject io.quickscale.platform.Time")
        .check(application);
  }

  @Test
  void nothingIsKeptInStaticFields() {
    fields()
        .that()
        .areStatic()
        .should()
        .beFinal()
        .because(
            "two applications in one server, and two tests in one JVM, would share it: make it a"
                + " field of an @ApplicationScoped bean")
        .check(application);
    noClasses()
        .should(
            new ArchCondition<JavaClass>("make something in a static field that is filled later") {
              @Override
              public void check(JavaClass type, ConditionEvents events) {
                type.getStaticInitializer().stream()
                    .flatMap(initializer -> initializer.getCallsFromSelf().stream())
                    .filter(call -> isFilledLater(call.getTarget()))
                    .forEach(
                        call ->
                            events.add(
                                SimpleConditionEvent.satisfied(call, call.getDescription())));
              }
            })
        .because(
            "that is static state too: use Map.of and its like, or make it a field of an"
                + " @ApplicationScoped bean")
        .check(application);
  }

  @Test
  void enterpriseBeansAreForStartAndTimersOnly() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.quickscale.rest..",
            "io.quickscale.catalog..",
            "io.quickscale.service..",
            "io.quickscale.problem..",
            "io.quickscale.json..")
        .should()
        .beAnnotatedWith(Singleton.class)
        .orShould()
        .beAnnotatedWith(Stateless.class)
        .because(
            "an EJB brings a transaction, in which Fault Tolerance must not run: use"
                + " @ApplicationScoped")
        .check(application);
    classes()
        .that()
        .areAnnotatedWith(Singleton.class)
        .should()
        .dependOnClassesThat(
            resideInAPackage("jakarta.ejb")
                .and(
                    DescribedPredicate.describe(
                        "are @Startup or @Schedule",
                        type ->
                            type.getSimpleName().equals("Startup")
                                || type.getSimpleName().equals("Schedule"))))
        .because(
            "a @Singleton without @Startup or @Schedule has nothing to do: use @ApplicationScoped")
        .check(application);
  }

  @Test
  void servicesAreNeverInsideATransaction() {
    noClasses()
        .that()
        .resideInAPackage("io.quickscale.catalog..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("jakarta.transaction..", "jakarta.persistence..", "jakarta.ejb..")
        .because(
            "a slow service must not hold a lock or a connection: it gets a RunContext, no more")
        .check(application);
  }

  private static Map<String, Set<String>> map(String lines) {
    Map<String, Set<String>> map = new LinkedHashMap<>();
    lines
        .lines()
        .map(line -> List.of(line.split(" +")))
        .forEach(words -> map.put(words.get(0), Set.copyOf(words.subList(1, words.size()))));
    return map;
  }

  private static String packageOf(JavaClass type) {
    return type.getPackageName().substring(ROOT.length()).split("\\.")[0];
  }

  private static DescribedPredicate<JavaClass> ours() {
    return resideInAPackage("io.quickscale..");
  }

  private static String[] of(String own, Set<String> allowed) {
    return Stream.concat(Stream.of(own), allowed.stream())
        .map(name -> ROOT + name + "..")
        .toArray(String[]::new);
  }

  private static DescribedPredicate<JavaClass> haveAFieldOfType(Class<?> type) {
    return DescribedPredicate.describe(
        "have a field of type " + type.getSimpleName(),
        owner -> owner.getFields().stream().anyMatch(f -> f.getRawType().isEquivalentTo(type)));
  }

  private static ArchCondition<JavaClass> runInTransactions() {
    return new ArchCondition<>("run in transactions") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (type.isAnnotatedWith(Transactional.class)
            || type.isAnnotatedWith(Singleton.class)
            || type.isAnnotatedWith(Stateless.class)
            || READS_WITHOUT_TRANSACTION.containsKey(type.getName())) {
          return;
        }
        for (JavaMethod method : type.getMethods()) {
          if (!method.getModifiers().contains(JavaModifier.PRIVATE)
              && !method.getModifiers().contains(JavaModifier.SYNTHETIC)
              && !method.isAnnotatedWith(Transactional.class)
              && reachesTheDatabase(method, new HashSet<>())) {
            events.add(
                SimpleConditionEvent.violated(
                    method, method.getDescription() + " is not @Transactional"));
          }
        }
      }
    };
  }

  /** Uses the entity manager, by itself or through methods of its own class. */
  private static boolean reachesTheDatabase(JavaMethod method, Set<JavaMethod> seen) {
    if (!seen.add(method)) {
      return false;
    }
    return method.getFieldAccesses().stream()
            .anyMatch(access -> access.getTarget().getRawType().isEquivalentTo(EntityManager.class))
        || Stream.concat(
                method.getMethodCallsFromSelf().stream(),
                method.getMethodReferencesFromSelf().stream())
            .filter(call -> call.getTargetOwner().equals(method.getOwner()))
            .flatMap(call -> call.getTarget().resolveMember().stream())
            .anyMatch(called -> reachesTheDatabase((JavaMethod) called, seen));
  }

  private static DescribedPredicate<JavaAccess<?>> readsTheClock() {
    return DescribedPredicate.describe(
        "it reads the machine's clock",
        access -> {
          AccessTarget target = access.getTarget();
          String owner = target.getOwner().getName();
          String name = target.getName();
          return (owner.startsWith("java.time.") && name.equals("now"))
              || (owner.equals("java.time.Clock") && name.startsWith("system"))
              || (owner.equals("java.lang.System")
                  && Arrays.asList("currentTimeMillis", "nanoTime").contains(name));
        });
  }

  private static boolean isFilledLater(AccessTarget target) {
    JavaClass owner = target.getOwner();
    boolean made = target.getName().equals("<init>") || owner.isEquivalentTo(ThreadLocal.class);
    return made
        && (owner.isAssignableTo(Map.class)
            || owner.isAssignableTo(Collection.class)
            || owner.isAssignableTo(ThreadLocal.class)
            || owner.getPackageName().equals("java.util.concurrent.atomic"));
  }
}
