  @Test
  void is_registered_with_its_price() {
    RegisterService definition = service.getClass().getAnnotation(RegisterService.class);

    assertThat(definition.name())«1!8».isEqualTo("«name»");
    assertThat(definition.creditCost()).isEqualTo("«cost»");
  }
