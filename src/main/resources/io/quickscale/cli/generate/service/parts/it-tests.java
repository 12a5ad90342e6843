  @BeforeEach
  void giveTheDemoUserEnoughCredits() throws Exception {
    JsonObject me = json(send(DEMO_KEY, "GET", "/api/v1/me", ""));
    String path = "/api/v1/admin/users/" + me.getJsonObject("user").getString("id") + "/grants";
    JsonObject grant =
        Json.createObjectBuilder()
            .add("kind", "pay_as_you_go")
            .add("amount", PRICE.add(BigDecimal.ONE))
            .add("description", "for a test")
            .build();

    assertThat(send(ADMIN_KEY, "POST", path, grant.toString()).statusCode()).isEqualTo(201);
  }

  @Test
  void is_run_over_rest_and_charged() throws Exception {
    BigDecimal before = availableCredits();

    HttpResponse<String> answer = run(Files.readString(Path.of("src/examples", NAME + ".json")));

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    assertThat(json(answer).getBoolean("success")).isTrue();
    assertThat(json(answer).getJsonNumber("credits_consumed").bigDecimalValue())
        .isEqualByComparingTo(PRICE);
    assertThat(before.subtract(availableCredits())).isEqualByComparingTo(PRICE);
  }

  @Test
  void refuses_an_empty_input_and_charges_nothing() throws Exception {
    BigDecimal before = availableCredits();

    HttpResponse<String> answer = run("{}");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
    assertThat(json(answer).getString("code")).isEqualTo("invalid_input");
    assertThat(availableCredits()).isEqualByComparingTo(before);
  }

  private HttpResponse<String> run(String input) throws Exception {
    return send(DEMO_KEY, "POST", "/api/v1/services/" + NAME + "/run", input);
  }

  private BigDecimal availableCredits() throws Exception {
    return json(send(DEMO_KEY, "GET", "/api/v1/credits", ""))
        .getJsonNumber("available_credits")
        .bigDecimalValue();
  }

  private static JsonObject json(HttpResponse<String> answer) {
    try (JsonReader reader = Json.createReader(new StringReader(answer.body()))) {
      return reader.readObject();
    }
  }
