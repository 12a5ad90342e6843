package io.quickscale.system;

import static io.quickscale.system.QuickScale.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the server shows in a browser. */
interface PageBehaviour {
  String BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
  Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"#]+)");

  QuickScale quickScale();

  @Test
  default void theFirstPageHasEachServiceWithItsPriceAndALineThatRunsIt() {
    String page = quickScale().anybody().get("/").expect(200).body();

    assertThat(page)
        .contains("1 credit a run", "0.5 credits a run")
        .contains(quickScale().url() + "/api/v1/services/sentiment_analysis/run")
        .contains("-d &#39;{&quot;text&quot;: &quot;I love how simple this is!&quot;}&#39;");
    for (var service : quickScale().anybody().get("/api/v1/services").expect(200).items()) {
      assertThat(page)
          .contains("<h3 id=\"service-" + service.asJsonObject().getString("name") + "\">");
    }
  }

  @Test
  default void whatAnOperatorWritesIsTextOnThePage() {
    String service = "/api/v1/admin/services/outcome";
    quickScale()
        .admin()
        .put(service, object("description", "a <script>alert('1')</script> & {{origin}} $1"))
        .expect(200);

    assertThat(quickScale().anybody().get("/").expect(200).body())
        .contains("a &lt;script&gt;alert(&#39;1&#39;)&lt;/script&gt; &amp; {{origin}} $1")
        .doesNotContain("<script>");
  }

  @Test
  default void aPageLoadsFromThisServerAloneAndEverythingItNamesIsThere() {
    for (String path : List.of("/", "/api-docs")) {
      Reply page = quickScale().anybody().get(path).expect(200);

      assertThat(page.header("Content-Type")).get().asString().startsWith("text/html");
      assertThat(page.header("Content-Security-Policy"))
          .get()
          .asString()
          .startsWith("default-src 'none'; script-src 'self'; style-src 'self';")
          .doesNotContain("unsafe");
      assertThat(page.body()).doesNotContain("<style", " style=", " onclick=");
      Matcher links = LINK.matcher(page.body());
      while (links.find()) {
        assertThat(links.group(1)).doesNotContain("//");
        String linked = URI.create("/").resolve(links.group(1)).toString();
        quickScale().anybody().get(linked).expect(200);
      }
    }
  }

  @Test
  default void aBrowserIsShownTheViewerAndAProgramGetsTheDocument() {
    var anybody = quickScale().anybody();

    Reply browser = anybody.with("Accept", BROWSER).get("/openapi").expect(303);
    assertThat(browser.header("Location")).contains("/api-docs");
    assertThat(browser.header("Vary")).contains("Accept");
    assertThat(anybody.get("/openapi").expect(200).body()).startsWith("openapi: 3");
    assertThat(anybody.with("Accept", "*/*").get("/openapi").body()).startsWith("openapi: 3");
    assertThat(anybody.with("Accept", "application/json, text/html").get("/openapi").body())
        .startsWith("{\"openapi\"");
    assertThat(anybody.with("Accept", BROWSER).get("/openapi?format=json").expect(200).body())
        .startsWith("{\"openapi\"");
  }
}
