package io.quickscale.system;

import io.quickscale.system.fixture.OutcomeService;
import io.quickscale.system.fixture.microprofile.ServerCounterService;
import java.io.File;
import java.net.URI;
import java.net.URL;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.arquillian.junit5.ArquillianExtension;
import org.jboss.arquillian.test.api.ArquillianResource;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.StringAsset;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * All that QuickScale does, asked of the built WAR in a real server from outside. The server starts
 * once for this class, and the build runs it once for each database; so behaviours are interfaces
 * with tests as default methods, and a new one is added to the list here.
 */
@ExtendWith(ArquillianExtension.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class QuickScaleIT
    implements RunBehaviour,
        InputBehaviour,
        CatalogBehaviour,
        BodyBehaviour,
        QueryBehaviour,
        EdgeBehaviour,
        IdempotencyBehaviour,
        ConcurrencyBehaviour,
        BatchBehaviour,
        PipelineBehaviour,
        JobBehaviour,
        FaultToleranceBehaviour,
        InnerRunBehaviour,
        AccessBehaviour,
        AdministrationBehaviour,
        TakingBackBehaviour,
        ListBehaviour,
        LedgerGuardBehaviour,
        DrainBehaviour,
        MonitoringBehaviour,
        PageBehaviour,
        ObservabilityBehaviour,
        ManagementBehaviour,
        ConfigurationBehaviour,
        CommandLineBehaviour {
  @ArquillianResource private URL root;

  @Deployment(testable = false)
  static WebArchive application() {
    WebArchive war =
        ShrinkWrap.create(ZipImporter.class, "ROOT.war")
            .importFrom(new File(System.getProperty("quickscale.test.war")))
            .as(WebArchive.class)
            .addPackage(OutcomeService.class.getPackage())
            .addAsResource(
                new StringAsset(ConfigurationBehaviour.FILE_OF_THE_AUTHOR),
                "META-INF/microprofile-config.properties");
    return ServerKind.underTest().hasMicroProfileMetrics()
        ? war.addPackage(ServerCounterService.class.getPackage())
        : war;
  }

  @Override
  public QuickScale quickScale() {
    return new QuickScale(URI.create(root.toString()));
  }
}
