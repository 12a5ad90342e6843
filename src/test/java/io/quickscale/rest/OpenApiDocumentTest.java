package io.quickscale.rest;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.quickscale.json.JsonCodec;
import io.quickscale.problem.HttpProblem;
import io.quickscale.problem.Problem;
import io.quickscale.web.Access;
import io.quickscale.web.ProblemAnswer;
import jakarta.json.JsonObject;
import jakarta.json.JsonString;
import jakarta.json.JsonValue;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.sse.SseEventSink;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The document says what the resource classes do: neither more nor less. */
class OpenApiDocumentTest {
  private static final String FILE = "/META-INF/openapi.yaml";

  /** What each record that is read or written is called in the document. */
  private static final Map<Class<? extends Record>, String> SCHEMAS =
      Stream.of(ApiSchemas.REQUESTS, ApiSchemas.ANSWERS)
          .flatMap(records -> records.entrySet().stream())
          .collect(toMap(Map.Entry::getValue, Map.Entry::getKey));

  /** Schemas of no record: problems, and what is free in form. Pages are checked apart. */
  private static final Set<String> OTHER_SCHEMAS =
      Set.of("JsonSchema", "Problem", "ProblemCode", "ServiceInput");

  /** The members that every problem has; {@link ProblemAnswer} writes them. */
  private static final Set<String> PROBLEM_MEMBERS =
      Set.of("type", "title", "status", "detail", "instance", "code");

  private static final JsonCodec CODEC = new JsonCodec(null);
  private static final OpenApiDocument WHOLE = whole();
  private static final JsonNode DOCUMENT = read(WHOLE.asJson());

  /** One method and path of the API; two resource methods may share one, with other media types. */
  private record Operation(String name, List<Method> methods) {}

  @Test
  void the_operations_are_those_of_the_resource_classes() {
    assertThat(documentedOperations().keySet())
        .containsExactlyInAnyOrderElementsOf(operations().stream().map(Operation::name).toList());
  }

  @Test
  void operation_ids_are_unique() {
    assertThat(documentedOperations().values().stream().map(o -> o.path("operationId").asText()))
        .allMatch(id -> id.matches("[a-z][A-Za-z]+"))
        .doesNotHaveDuplicates();
  }

  @TestFactory
  Stream<DynamicTest> operation() {
    return operations().stream()
        .filter(operation -> documentedOperations().containsKey(operation.name()))
        .map(
            operation ->
                dynamicTest(
                    operation.name(),
                    () -> checkOperation(operation, documentedOperations().get(operation.name()))));
  }

  @TestFactory
  Stream<DynamicTest> members() {
    return SCHEMAS.entrySet().stream()
        .map(
            entry ->
                dynamicTest(
                    entry.getValue(),
                    () -> checkMembers(entry.getKey(), schema(entry.getValue()))));
  }

  @TestFactory
  Stream<DynamicTest> constraints() {
    return ApiSchemas.REQUESTS.entrySet().stream()
        .map(
            request ->
                dynamicTest(
                    request.getKey(),
                    () -> checkConstraints(request.getValue(), schema(request.getKey()))));
  }

  @Test
  void every_record_of_the_rest_layer_has_its_schema() {
    Set<Class<?>> records =
        classes("io.quickscale.rest").stream()
            .filter(Class::isRecord)
            .filter(type -> Modifier.isPublic(type.getModifiers()) && type != Page.class)
            .collect(toCollection(HashSet::new));

    assertThat(SCHEMAS.keySet()).containsAll(records.stream().map(this::asRecord).toList());
  }

  @ParameterizedTest
  @MethodSource("tables")
  void an_example_of_csv_has_the_columns_that_are_sent(String answer, List<String> columns) {
    String[] lines =
        DOCUMENT
            .at("/components/responses/" + answer + "/content/text~1csv/example")
            .asText()
            .split("\r\n");

    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> cells(line) == columns.size());
    assertThat(lines[0]).isEqualTo(String.join(",", columns));
  }

  static Stream<Arguments> tables() {
    return Stream.of(
        Arguments.of("Transactions", TransactionView.COLUMNS),
        Arguments.of("UsagePage", UsageView.COLUMNS));
  }

  private static int cells(String line) {
    return line.split(",", -1).length;
  }

  @Test
  void there_are_no_other_schemas() {
    Set<String> known = new TreeSet<>(SCHEMAS.values());
    known.addAll(ApiSchemas.WORDS.keySet());
    known.addAll(OTHER_SCHEMAS);

    assertThat(names(DOCUMENT.at("/components/schemas")))
        .filteredOn(name -> !name.endsWith("Page"))
        .containsExactlyInAnyOrderElementsOf(known);
  }

  @Test
  void pages_are_alike() {
    List<String> members = Stream.of(Page.class.getRecordComponents()).map(this::member).toList();
    List<String> pages =
        names(DOCUMENT.at("/components/schemas")).stream()
            .filter(name -> name.endsWith("Page"))
            .toList();

    assertThat(pages)
        .isNotEmpty()
        .allSatisfy(
            page -> {
              assertThat(names(schema(page).path("properties"))).isEqualTo(members);
              assertThat(texts(schema(page).path("required"))).containsExactly("items");
              assertThat(schema(page).at("/properties/items/items/$ref").asText())
                  .isEqualTo("#/components/schemas/" + page.replaceAll("Page$", ""));
            });
  }

  /** Else there would be two places to change, and one to forget. */
  @Test
  void the_hand_writes_nothing_that_the_records_say() throws IOException {
    JsonNode byHand = byHand().at("/components/schemas");
    new ApiSchemas(CODEC)
        .all()
        .forEach((name, said) -> checkNothingIsSaidTwice(name, said, byHand.path(name)));
  }

  /** A reference may stand in the place of a type: it says which words a text can be. */
  private static void checkNothingIsSaidTwice(String path, JsonNode said, JsonNode written) {
    if (written.has("$ref")) {
      assertThat(written).as(path).isNotEqualTo(said);
    } else if (said.isObject()) {
      written
          .properties()
          .forEach(
              member ->
                  checkNothingIsSaidTwice(
                      path + "/" + member.getKey(), said.path(member.getKey()), member.getValue()));
    } else if (path.endsWith("/required")) {
      assertThat(texts(said)).as(path).doesNotContainAnyElementsOf(texts(written));
    } else {
      assertThat(said.isMissingNode()).as(path + " is said by the record").isTrue();
    }
  }

  @Test
  void the_hand_requires_only_members_that_there_are() {
    for (String name : SCHEMAS.values()) {
      assertThat(names(schema(name).path("properties")))
          .as(name)
          .containsAll(texts(schema(name).path("required")));
    }
  }

  @Test
  void as_yaml_and_as_json_it_is_the_same() throws IOException {
    assertThat(read(WHOLE.asYaml())).hasToString(DOCUMENT.toString());
  }

  @Test
  void problem_codes_are_those_of_the_problem_classes() {
    assertThat(texts(schema("ProblemCode").path("enum")))
        .containsExactlyInAnyOrderElementsOf(
            problems().stream().map(Problem::code).collect(toCollection(TreeSet::new)));
  }

  @Test
  void problems_have_the_members_of_the_problem_classes() {
    Set<String> extensions =
        problems().stream()
            .flatMap(problem -> problem.members().keySet().stream())
            .collect(toCollection(TreeSet::new));
    // Not the problem's but the request's.
    extensions.add("trace_id");

    assertThat(texts(schema("Problem").path("required")))
        .containsExactlyInAnyOrderElementsOf(PROBLEM_MEMBERS);
    assertThat(names(schema("Problem").path("properties")))
        .filteredOn(name -> !PROBLEM_MEMBERS.contains(name))
        .containsExactlyInAnyOrderElementsOf(extensions);
  }

  /** Examples of problems agree with the classes in status and title, and with their response. */
  @Test
  void examples_of_problems_are_true() {
    Map<String, List<Problem>> byCode = problems().stream().collect(groupingBy(Problem::code));
    for (JsonNode example : DOCUMENT.at("/components/responses").findValues("example")) {
      if (example.has("code")) {
        checkProblem(example, byCode);
      }
    }
    for (JsonNode examples : DOCUMENT.at("/components/responses").findValues("examples")) {
      examples.forEach(example -> checkProblem(example.path("value"), byCode));
    }
  }

  /** Every answer but the expected one is a problem. */
  @Test
  void errors_are_problems() {
    DOCUMENT
        .at("/components/responses")
        .properties()
        .forEach(
            response -> {
              JsonNode content = response.getValue().path("content");
              if (content.has(ProblemAnswer.MEDIA_TYPE)) {
                assertThat(names(content))
                    .as(response.getKey())
                    .containsExactly(ProblemAnswer.MEDIA_TYPE);
                assertThat(content.at("/application~1problem+json/schema/$ref").asText())
                    .isEqualTo("#/components/schemas/Problem");
              }
            });
    documentedOperations()
        .forEach(
            (name, operation) ->
                operation
                    .path("responses")
                    .properties()
                    .forEach(
                        answer -> {
                          if (!answer.getKey().startsWith("2")) {
                            assertThat(names(resolve(answer.getValue()).path("content")))
                                .as(name + " " + answer.getKey())
                                .containsExactly(ProblemAnswer.MEDIA_TYPE);
                          }
                        }));
  }

  // What is checked of one operation.

  private void checkOperation(Operation operation, JsonNode documented) {
    checkParameters(operation, documented);
    checkAnswer(operation, documented);
    checkAccess(operation, documented);
    checkBody(operation, documented);
  }

  private void checkParameters(Operation operation, JsonNode documented) {
    List<String> expected =
        operation.methods().stream()
            .flatMap(method -> Stream.of(method.getParameters()))
            .flatMap(parameter -> parameterName(parameter).stream())
            .distinct()
            .toList();
    List<String> found = new ArrayList<>();
    for (JsonNode reference : documented.path("parameters")) {
      JsonNode parameter = resolve(reference);
      // Headers are read from the request and are no parameters of the resource methods.
      if (!parameter.path("in").asText().equals("header")) {
        found.add(parameter.path("in").asText() + " " + parameter.path("name").asText());
      }
    }

    assertThat(found).containsExactlyInAnyOrderElementsOf(expected);
  }

  private static Optional<String> parameterName(Parameter parameter) {
    assertThat(parameter.isAnnotationPresent(HeaderParam.class)).isFalse();
    if (parameter.isAnnotationPresent(PathParam.class)) {
      return Optional.of("path " + parameter.getAnnotation(PathParam.class).value());
    }
    return Optional.ofNullable(parameter.getAnnotation(QueryParam.class))
        .map(query -> "query " + query.value());
  }

  private void checkAnswer(Operation operation, JsonNode documented) {
    List<String> expected = answers(documented.path("responses"));
    assertThat(expected).as("answers of success").hasSize(1);
    JsonNode answer = resolve(documented.path("responses").path(expected.get(0)));
    if (operation.methods().stream().allMatch(OpenApiDocumentTest::hasNoAnswer)) {
      assertThat(expected).containsExactly("204");
      assertThat(answer.has("content")).isFalse();
      return;
    }
    assertThat(names(answer.path("content")))
        .containsExactlyInAnyOrderElementsOf(
            operation.methods().stream().map(OpenApiDocumentTest::mediaType).toList());
    for (Method method : operation.methods()) {
      String schema = answer.at("/content/application~1json/schema/$ref").asText();
      schemaName(method.getGenericReturnType())
          .ifPresent(name -> assertThat(schema).isEqualTo("#/components/schemas/" + name));
    }
    if (operation.methods().get(0).getReturnType() != Response.class) {
      assertThat(expected).containsExactly("200");
    }
  }

  /** What sends events answers with them. */
  private static boolean hasNoAnswer(Method method) {
    return method.getReturnType() == void.class
        && !List.of(method.getParameterTypes()).contains(SseEventSink.class);
  }

  private static String mediaType(Method method) {
    Produces produces = annotation(method, Produces.class);
    assertThat(produces.value()).hasSize(1);
    return produces.value()[0].replaceAll(";.*", "");
  }

  /** The schema of what a method returns; empty if its return type does not say. */
  private Optional<String> schemaName(Type type) {
    if (type instanceof ParameterizedType page && page.getRawType() == Page.class) {
      return Optional.of(SCHEMAS.get(page.getActualTypeArguments()[0]) + "Page");
    } else if (type instanceof Class<?> view && view.isRecord()) {
      assertThat(SCHEMAS).containsKey(asRecord(view));
      return Optional.of(SCHEMAS.get(view));
    }
    return Optional.empty();
  }

  private void checkAccess(Operation operation, JsonNode documented) {
    Access access = annotation(operation.methods().get(0), Access.class);
    Access.Level level = access == null ? Access.Level.USER : access.value();

    assertThat(documented.has("security")).isEqualTo(level == Access.Level.ANYBODY);
    assertThat(documented.path("security")).isEmpty();
    assertThat(documented.path("responses").has("403")).isEqualTo(level == Access.Level.ADMIN);
    assertThat(documented.path("responses").has("401")).isTrue();
    assertThat(documented.path("responses").has("default")).isTrue();
  }

  private void checkBody(Operation operation, JsonNode documented) {
    Method method = operation.methods().get(0);
    List<Class<?>> bodies =
        Stream.of(method.getParameters())
            .filter(parameter -> !parameter.isAnnotationPresent(Context.class))
            .filter(parameter -> parameterName(parameter).isEmpty())
            .<Class<?>>map(Parameter::getType)
            .toList();
    JsonNode content = resolve(documented.path("requestBody")).path("content");

    assertThat(documented.has("requestBody")).isEqualTo(!bodies.isEmpty());
    for (Class<?> body : bodies) {
      String schema = content.at("/application~1json/schema/$ref").asText();
      assertThat(names(content)).containsExactly("application/json");
      if (body != InputStream.class) {
        assertThat(ApiSchemas.REQUESTS).containsValue(asRecord(body));
        assertThat(schema).isEqualTo("#/components/schemas/" + SCHEMAS.get(body));
      }
    }
  }

  /** Of problems that share a code, one may have members that another has not. */
  private static void checkProblem(JsonNode example, Map<String, List<Problem>> byCode) {
    List<Problem> problems = byCode.get(example.path("code").asText());
    assertThat(problems).as(example.toString()).isNotNull();
    assertThat(problems).extracting(Problem::status).contains(example.path("status").asInt());
    assertThat(problems).extracting(Problem::title).contains(example.path("title").asText());
    assertThat(example.path("type").asText()).endsWith("/" + problems.get(0).code());
    assertThat(problems)
        .anySatisfy(
            problem -> {
              Set<String> members = new TreeSet<>(PROBLEM_MEMBERS);
              members.addAll(problem.members().keySet());
              assertThat(names(example)).containsExactlyInAnyOrderElementsOf(members);
            });
  }

  // What is checked of one schema.

  private void checkMembers(Class<? extends Record> type, JsonNode schema) {
    List<RecordComponent> components = List.of(type.getRecordComponents());

    assertThat(names(schema.path("properties")))
        .isEqualTo(components.stream().map(this::member).toList());
    for (RecordComponent component : components) {
      JsonNode property = schema.path("properties").path(member(component));
      checkType(component.getGenericType(), property, member(component));
      if (component.getType().isPrimitive()) {
        assertThat(texts(schema.path("required"))).contains(member(component));
      }
    }
    assertThat(components.stream().map(this::member).toList())
        .containsAll(texts(schema.path("required")));
  }

  private void checkType(Type type, JsonNode property, String name) {
    JsonNode schema = resolve(property);
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      assertThat(schema.path("type").asText()).as(name).isEqualTo("array");
      checkType(list.getActualTypeArguments()[0], schema.path("items"), name);
    } else if (type == BigDecimal.class) {
      assertThat(schema.path("multipleOf").decimalValue())
          .as(name)
          .isEqualByComparingTo("0.000001");
      assertThat(typeAndFormat(schema)).as(name).isEqualTo("number");
    } else if (SCHEMAS.containsKey(type)) {
      assertThat(property.path("$ref").asText())
          .as(name)
          .isEqualTo("#/components/schemas/" + SCHEMAS.get(type));
    } else if (type == JsonObject.class) {
      assertThat(typeAndFormat(schema)).as(name).isEqualTo("object");
    } else if (type == Object.class) {
      assertThat(schema.has("type")).as(name).isFalse();
    } else if (type != JsonValue.class) {
      assertThat(typeAndFormat(schema)).as(name).isEqualTo(simpleType(type, schema));
    }
  }

  private static String simpleType(Type type, JsonNode schema) {
    if (type == int.class || type == Integer.class) {
      return "integer int32";
    } else if (type == long.class || type == Long.class) {
      return "integer int64";
    } else if (type == boolean.class || type == Boolean.class) {
      return "boolean";
    } else if (type == OffsetDateTime.class) {
      return "string date-time";
    } else if (type == LocalDate.class) {
      return "string date";
    }
    assertThat(type).isEqualTo(String.class);
    return schema.path("format").asText().equals("email") ? "string email" : "string";
  }

  private static String typeAndFormat(JsonNode schema) {
    return (schema.path("type").asText() + " " + schema.path("format").asText()).trim();
  }

  /** What the codec refuses by the record's constraints, the document must say. */
  private void checkConstraints(Class<? extends Record> type, JsonNode documented) {
    JsonObject enforced = CODEC.schema(type);

    assertThat(documented.path("additionalProperties").toString()).isEqualTo("false");
    assertThat(texts(documented.path("required")))
        .containsExactlyInAnyOrderElementsOf(
            enforced.containsKey("required")
                ? enforced.getJsonArray("required").stream().map(this::text).toList()
                : List.of());
    enforced
        .getJsonObject("properties")
        .forEach(
            (name, value) ->
                checkConstraints(
                    name, value.asJsonObject(), documented.path("properties").path(name)));
  }

  private void checkConstraints(String name, JsonObject enforced, JsonNode property) {
    JsonNode schema = resolve(property);
    for (String keyword : List.of("minLength", "maxLength", "maxItems", "minItems")) {
      assertThat(schema.path(keyword).asInt(-1))
          .as(name + " " + keyword)
          .isEqualTo(enforced.getInt(keyword, -1));
    }
    for (String keyword : List.of("minimum", "maximum")) {
      Optional<Long> bound =
          Optional.ofNullable(enforced.getJsonNumber(keyword))
              .map(number -> number.longValue())
              .filter(number -> !isBoundOfType(number));
      assertThat(Optional.ofNullable(schema.get(keyword)).map(JsonNode::longValue))
          .as(name + " " + keyword)
          .isEqualTo(bound);
    }
    if (enforced.containsKey("pattern")) {
      assertThat(
              schema.has("enum")
                  ? alternatives(String.join("|", texts(schema.path("enum"))))
                  : alternatives(schema.path("pattern").asText()))
          .as(name + " pattern")
          .isEqualTo(alternatives(enforced.getString("pattern")));
    }
  }

  private static boolean isBoundOfType(long number) {
    return number == Integer.MIN_VALUE
        || number == Integer.MAX_VALUE
        || number == Long.MIN_VALUE
        || number == Long.MAX_VALUE;
  }

  private static Set<String> alternatives(String pattern) {
    String inner = pattern.replaceFirst("^\\^(?:\\(\\?:)?", "").replaceFirst("\\)?\\$$", "");
    return new TreeSet<>(Arrays.asList(inner.split("\\|")));
  }

  // Resource classes.

  private static List<Operation> operations() {
    Map<String, List<Method>> found = new TreeMap<>();
    String root = RestApplication.class.getAnnotation(ApplicationPath.class).value();
    for (Class<?> resource : classes("io.quickscale.rest")) {
      Path path = resource.getAnnotation(Path.class);
      if (path != null) {
        for (Method method : resource.getDeclaredMethods()) {
          httpMethod(method)
              .ifPresent(
                  verb ->
                      found
                          .computeIfAbsent(
                              verb + " " + join(root, path, method.getAnnotation(Path.class)),
                              name -> new ArrayList<>())
                          .add(method));
        }
      }
    }
    return found.entrySet().stream().map(e -> new Operation(e.getKey(), e.getValue())).toList();
  }

  private static Optional<String> httpMethod(Method method) {
    return Stream.of(method.getAnnotations())
        .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
        .filter(verb -> verb != null)
        .map(HttpMethod::value)
        .findAny();
  }

  private static String join(String root, Path resource, Path method) {
    String path = root + "/" + resource.value() + "/" + (method == null ? "" : method.value());
    return path.replaceAll("/+", "/").replaceAll("/$", "");
  }

  /** An annotation of a method, else of its class. */
  private static <A extends Annotation> A annotation(Method method, Class<A> type) {
    AnnotatedElement place = method.isAnnotationPresent(type) ? method : method.getDeclaringClass();
    return place.getAnnotation(type);
  }

  private static List<Class<?>> classes(String... packages) {
    return new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(packages)
            .stream()
            .<Class<?>>map(JavaClass::reflect)
            .toList();
  }

  // Problems.

  /** One of each problem class, and those of the container's statuses. */
  private static List<Problem> problems() {
    List<Problem> problems = new ArrayList<>();
    for (Class<?> type : classes("io.quickscale")) {
      if (Problem.class.isAssignableFrom(type)
          && !Modifier.isAbstract(type.getModifiers())
          && type != HttpProblem.class) {
        problems.add(make(type));
      }
    }
    for (int status = 400; status < 600; status++) {
      problems.add(HttpProblem.of(status));
    }
    return problems;
  }

  private static Problem make(Class<?> type) {
    Constructor<?> constructor = type.getConstructors()[0];
    try {
      return (Problem)
          constructor.newInstance(
              Stream.of(constructor.getParameterTypes()).map(OpenApiDocumentTest::any).toArray());
    } catch (InstantiationException | IllegalAccessException | InvocationTargetException e) {
      throw new AssertionError("Cannot make a " + type, e);
    }
  }

  private static Object any(Class<?> type) {
    if (type == String.class) {
      return "x";
    } else if (type == int.class) {
      return 1;
    } else if (type == long.class) {
      return 1L;
    } else if (type == BigDecimal.class) {
      return BigDecimal.ONE;
    } else if (type == List.class) {
      return List.of();
    } else if (type == Duration.class) {
      return Duration.ofSeconds(1);
    }
    assertThat(type).isEqualTo(Throwable.class);
    return null;
  }

  // The document.

  private static OpenApiDocument whole() {
    try (InputStream in = OpenApiDocumentTest.class.getResourceAsStream(FILE)) {
      return new OpenApiDocument(in, CODEC);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** JSON is YAML, too. */
  private static JsonNode read(byte[] yaml) {
    try {
      return new ObjectMapper(new YAMLFactory())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .readTree(yaml);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode byHand() throws IOException {
    try (InputStream in = OpenApiDocumentTest.class.getResourceAsStream(FILE)) {
      return new ObjectMapper(new YAMLFactory()).readTree(in);
    }
  }

  private static Map<String, JsonNode> documentedOperations() {
    Map<String, JsonNode> found = new TreeMap<>();
    DOCUMENT
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        operation ->
                            found.put(
                                operation.getKey().toUpperCase(Locale.ROOT) + " " + path.getKey(),
                                operation.getValue())));
    return found;
  }

  private static List<String> answers(JsonNode responses) {
    return names(responses).stream().filter(status -> status.startsWith("2")).toList();
  }

  private static JsonNode schema(String name) {
    JsonNode schema = DOCUMENT.path("components").path("schemas").path(name);
    assertThat(schema.isMissingNode()).as("no schema " + name).isFalse();
    return schema;
  }

  private static JsonNode resolve(JsonNode node) {
    if (!node.has("$ref")) {
      return node;
    }
    JsonNode target = DOCUMENT.at(node.path("$ref").asText().substring(1));
    assertThat(target.isMissingNode()).as("no " + node.path("$ref")).isFalse();
    return target;
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private String text(JsonValue value) {
    return ((JsonString) value).getString();
  }

  private String member(RecordComponent component) {
    return component.getName().replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private Class<? extends Record> asRecord(Class<?> type) {
    return type.asSubclass(Record.class);
  }
}
