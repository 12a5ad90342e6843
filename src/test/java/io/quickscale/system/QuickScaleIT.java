package io.quickscale.system;

import java.io.File;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All that QuickScale does, asked of the built WAR in a real server from outside. The server starts
 * once for this class, and the build runs it once for each database; so behaviours are interfaces
 * with tests as default methods, and a new one is added to the list here.
 */
@ExtendWith(ArquillianExtension.class)
class QuickScaleIT implements HealthBehaviour {
  /** Services that only tests need, put into the WAR beside those that ship. */
  private static final Class<?>[] FIXTURES = {};

  @ArquillianResource private URL root;

  @Deployment(testable = false)
  static WebArchive application() {
    return ShrinkWrap.create(ZipImporter.class, "ROOT.war")
        .importFrom(new File(System.getProperty("quickscale.test.war")))
        .as(WebArchive.class)
        .addClasses(FIXTURES);
  }

  @Override
  public URI root() {
    try {
      return root.toURI();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Arquillian gave a wrong address: " + root, e);
    }
  }
}
