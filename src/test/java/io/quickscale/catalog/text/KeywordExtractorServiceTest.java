package io.quickscale.catalog.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.quickscale.catalog.text.KeywordExtractorService.Input;
import io.quickscale.catalog.text.KeywordExtractorService.Keyword;
import io.quickscale.catalog.text.KeywordExtractorService.Keywords;
import io.quickscale.service.RegisterService;
import jakarta.validation.Validation;
import jakarta.validation.ValidatorFactory;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeywordExtractorServiceTest {
  private static final String BANK =
      "The Bank of England raised interest rates to 5.25% on Thursday, as it tries to bring"
          + " inflation down. Mortgage holders face higher payments, and economists expect the Bank"
          + " of England to keep interest rates high until inflation falls.";

  private final KeywordExtractorService service = new KeywordExtractorService();

  @Test
  void is_registered_as_keyword_extractor_for_one_credit() {
    RegisterService definition = KeywordExtractorService.class.getAnnotation(RegisterService.class);

    assertThat(definition.name()).isEqualTo("keyword_extractor");
    assertThat(definition.category()).isEqualTo("text");
    assertThat(definition.creditCost()).isEqualTo("1.0");
  }

  @Test
  void names_what_a_text_is_about() {
    assertThat(keywords(BANK)).startsWith("Bank of England", "interest rates");
  }

  /** Each text is real; what is looked for is what a reader would underline. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | machine learning, neural network | Researchers at Google have developed a machine"
            + " learning system that predicts the structure of proteins. It uses a neural network"
            + " trained on known proteins. With machine learning the prediction takes minutes, but"
            + " critics say that the neural network does not explain how proteins fold.",
        "de | Borkenkäfer, Waldumbau | Nach drei trockenen Sommern sind vor allem Fichten"
            + " abgestorben, weil der Borkenkäfer geschwächte Bäume befällt. Das Ministerium hat"
            + " Fördermittel für den Waldumbau bereitgestellt. Naturschutzverbände kritisieren, dass"
            + " der Waldumbau zu langsam vorangeht; der Borkenkäfer wird bleiben.",
        "fr | énergies renouvelables, réseau électrique | La transition exige des investissements"
            + " dans les énergies renouvelables et dans le réseau électrique. Plusieurs associations"
            + " demandent d'accélérer les énergies renouvelables ; le réseau électrique doit être"
            + " renforcé pour l'électricité solaire.",
        "es | cambio climático, América Latina | El cambio climático amenaza la producción de café"
            + " en América Latina. Los agricultores de Colombia observan que las lluvias llegan más"
            + " tarde y que la roya del café se extiende.",
        "it | Parlamento europeo, intelligenza artificiale | Il Parlamento europeo ha approvato la"
            + " legge sull'intelligenza artificiale, il primo regolamento al mondo che disciplina i"
            + " sistemi di intelligenza artificiale secondo il rischio.",
        "pt | Supremo Tribunal Federal, marco temporal | O Supremo Tribunal Federal decidiu que a"
            + " demarcação de terras não depende do marco temporal. Segundo o marco temporal, os"
            + " povos indígenas só teriam direito às terras que ocupavam em 1988.",
        "nl | groene waterstof, Rotterdam | Rotterdam wil de haven de komende jaren verduurzamen met"
            + " groene waterstof. De haven van Rotterdam is de grootste van Europa. Bedrijven bouwen"
            + " er een fabriek voor groene waterstof.",
        "sv | kärnkraft, Sveriges riksdag | Sveriges riksdag har beslutat om ny kärnkraft."
            + " Oppositionen kritiserar kostnaderna och menar att vindkraft är billigare än"
            + " kärnkraft.",
        "ru | аккумуляторов, Российские учёные | Российские учёные создали новый материал для"
            + " аккумуляторов. Он заменяет дорогой кобальт, и производство аккумуляторов обойдётся"
            + " на треть дешевле.",
        "zh | 人工智能 | 人工智能正在改变医疗行业。许多医院开始使用人工智能，帮助医生更早发现肺癌。",
        "zh | 新能源汽车, 动力电池 | 新能源汽车市场快速增长。动力电池的需求也随之上升，专家指出，动力电池回收是" + "新能源汽车产业面临的重要问题。",
        "ja | 研究チーム, 抗生物質 | 東京大学の研究チームは、新しい抗生物質の候補を発見したと発表した。" + "研究チームは、抗生物質の耐性菌が世界中で問題になっているとした。",
        "ko | 한국은행, 기준금리 | 한국은행은 기준금리를 연 3.50%로 동결했다." + " 시장 전문가들은 한국은행이 내년에 기준금리를 인하할 것으로 전망했다.",
      })
  void knows_the_language_and_what_matters(String language, String wanted, String text) {
    Keywords found = find(text, 10, null);

    assertThat(found.language()).isEqualTo(language);
    assertThat(found.keywords()).extracting(Keyword::keyword).contains(wanted.split(", "));
  }

  @Test
  void scores_go_down_from_at_most_1_and_are_the_same_every_time() {
    Keywords found = find(BANK, 100, null);

    assertThat(found.keywords())
        .isSortedAccordingTo(Comparator.comparingDouble(Keyword::score).reversed())
        .allSatisfy(keyword -> assertThat(keyword.score()).isGreaterThan(0).isLessThan(1));
    assertThat(find(BANK, 100, null)).isEqualTo(found);
  }

  @Test
  void gives_as_many_as_asked_for_and_10_without_that() {
    assertThat(find(BANK, 3, null).keywords()).hasSize(3);
    assertThat(find(BANK, null, null).keywords()).hasSize(10);
  }

  @Test
  void says_nothing_twice() {
    List<String> found =
        keywords(
            "Solar panels are cheap. A solar panel lasts long. Many buy solar panels, since a solar"
                + " panel pays for itself.");

    assertThat(found).filteredOn(keyword -> keyword.toLowerCase().contains("solar")).hasSize(1);
    assertThat(found).doesNotContain("panel", "panels", "solar");
  }

  @Test
  void a_phrase_that_comes_again_is_found_beside_a_word_of_it() {
    List<String> found =
        keywords(
            "Energy is dear. Wind energy grows, energy from wood does not. Solar energy is cheap:"
                + " solar energy pays. Cheap energy helps, and energy is scarce.");

    assertThat(found).contains("energy", "Solar energy");
  }

  @Test
  void a_part_of_a_phrase_counts_where_it_stands_alone() {
    assertThat(
            keywords("Coffee is dear. Coffee prices rose, since coffee is scarce and coffee ages."))
        .contains("Coffee");
  }

  @Test
  void stop_words_are_in_names_and_in_what_comes_again_alone() {
    assertThat(keywords("The cost of living hurts. We measure the cost of living each month."))
        .contains("cost of living");
    assertThat(keywords("A walk with dogs helps.")).noneMatch(word -> word.contains("with"));
    assertThat(keywords("She studied at the University of Vienna."))
        .contains("University of Vienna");
  }

  @Test
  void sees_of_markup_what_a_reader_sees() {
    List<String> found =
        keywords(
            "<html><head><style>body {margin: 0}</style><script>var analytics = 'tracking';"
                + "</script></head><body class='wide'><!-- a hidden remark --><p>Bal<b>cony</b>"
                + " power &amp; storage&nbsp;units, <a href='https://shop.example.com/buy'>cheap"
                + " inverters</a></p><p>Landlords</p>");

    assertThat(found)
        .contains("Balcony power", "storage units", "cheap inverters", "Landlords")
        .noneMatch(
            word ->
                word.matches(
                    "(?i).*(margin|tracking|wide|hidden|shop|nbsp|amp|script|href|body).*"));
  }

  @Test
  void sees_no_marks_of_markdown_and_no_addresses() {
    List<String> found =
        keywords(
            "## **Kubernetes** _operator_ 🎉\n\n- [restart guide](https://docs.example.org/a/b)\n"
                + "- mail support@example.org\n");

    assertThat(found)
        .contains("Kubernetes operator", "restart guide")
        .noneMatch(word -> word.matches(".*(example|docs|support|https|[*_#🎉]).*"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"12345 67,89 !!! ??? 3.14", "😀 🎉🚀", "--- ... §§", "<br><hr>", "the of and"})
  void a_text_without_telling_words_has_no_keywords(String text) {
    assertThat(find(text, null, null).keywords()).isEmpty();
  }

  @Test
  void no_keyword_is_a_number() {
    assertThat(keywords("In 2024 the firm sold 300 cars, 2024 was a record: 300 cars, 17 lorries."))
        .contains("cars", "lorries")
        .allMatch(keyword -> keyword.codePoints().anyMatch(Character::isLetter))
        .noneMatch(keyword -> keyword.contains("2024"));
  }

  @Test
  void the_language_that_is_given_counts() {
    assertThat(find("Die Katze", null, "en").keywords())
        .extracting(Keyword::keyword)
        .containsExactly("Die Katze");
    assertThat(find("Die Katze", null, "de").keywords())
        .extracting(Keyword::keyword)
        .containsExactly("Katze");
  }

  @Test
  void a_language_without_a_list_is_taken_without_stop_words() {
    Keywords found = find("Lugha ya Kiswahili inazungumzwa Afrika Mashariki.", null, "sw");

    assertThat(found.language()).isNull();
    assertThat(found.keywords()).extracting(Keyword::keyword).contains("Afrika Mashariki");
  }

  @Test
  void a_language_is_two_letters() {
    assertThat(violations(new Input("text", null, "en"))).isZero();
    assertThat(violations(new Input("text", null, "english"))).isOne();
    assertThat(violations(new Input("text", null, "EN"))).isOne();
  }

  @Test
  void takes_1_to_100_keywords_and_100_000_characters() {
    assertThat(violations(new Input("a".repeat(100_000), 100, null))).isZero();
    assertThat(violations(new Input("a".repeat(100_001), 101, null))).isEqualTo(2);
    assertThat(violations(new Input(" ", 0, null))).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "word ",
        "a b ",
        "<script>",
        "<a <",
        "&#",
        " \n ",
        "l'",
        "人工",
        "的能源",
        "\u3042",
        "x@",
        "*_",
        "https://",
        "Ab. ",
        "Bank of England "
      })
  void even_the_longest_text_takes_no_longer_than_a_moment(String piece) {
    String text = piece.repeat(100_000 / piece.length()) + "end";

    assertTimeout(Duration.ofSeconds(4), () -> find(text, 100, null));
  }

  private List<String> keywords(String text) {
    return find(text, null, null).keywords().stream().map(Keyword::keyword).toList();
  }

  private Keywords find(String text, Integer most, String language) {
    return service.executeService(null, new Input(text, most, language));
  }

  private static int violations(Input input) {
    try (ValidatorFactory factory = Validation.buildDefaultValidatorFactory()) {
      return factory.getValidator().validate(input).size();
    }
  }
}
