package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.json.JsonObject;
import org.junit.jupiter.api.Test;

/** What services that ship need of the WAR they are in: their files, and the server's classes. */
interface CatalogBehaviour {
  QuickScale quickScale();

  @Test
  default void keywordsAreFoundInSeveralLanguages() {
    var user = quickScale().newUser(2);

    assertThat(keywords(user, "Der Waldumbau ist teuer. Förster wollen den Waldumbau.", "de"))
        .contains("\"keyword\":\"Waldumbau\"");
    assertThat(keywords(user, "研究チームは、研究チームの論文を発表した。", "ja")).contains("\"keyword\":\"研究チーム\"");
    assertThat(user.available()).isEqualTo("0");
  }

  @Test
  default void aLanguageThatIsNoCodeIsRefusedAndCostsNothing() {
    var user = quickScale().newUser(1);

    Reply refused =
        user.run("keyword_extractor", object("text", "Solar power", "language", "german"))
            .expectProblem(400, "invalid_input");

    assertThat(refused.text("detail")).contains("language: must be an ISO 639-1 code such as en");
    assertThat(user.available()).isEqualTo("1");
  }

  private String keywords(QuickScale.Caller user, String text, String language) {
    JsonObject result =
        user.run("keyword_extractor", object("text", text))
            .expect(200)
            .json()
            .getJsonObject("result");
    assertThat(result.getString("language")).isEqualTo(language);
    return result.getJsonArray("keywords").toString();
  }
}
