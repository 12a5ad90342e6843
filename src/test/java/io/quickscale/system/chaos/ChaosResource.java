package io.quickscale.system.chaos;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

/** Takes orders to die. */
@Path("/test/crash")
@RequestScoped
public class ChaosResource {
  @Inject CrashPlan plan;

  @POST
  public void crash(@QueryParam("at") CrashPoint point) {
    plan.crashAt(point);
  }
}
