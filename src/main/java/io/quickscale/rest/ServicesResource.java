package io.quickscale.rest;

import io.quickscale.job.JobDesk;
import io.quickscale.job.JobRequest;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.run.Batches;
import io.quickscale.run.OrderRequest;
import io.quickscale.run.RunRequest;
import io.quickscale.run.ServiceRunner;
import io.quickscale.service.CreditCheck;
import io.quickscale.web.Access;
import io.quickscale.web.Caller;
import jakarta.ejb.EJB;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Services: what there is, what it costs, run it. */
@Path("/services")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ServicesResource {
  @EJB Registry registry;
  @Inject ServiceRunner runner;
  @Inject Batches batches;
  @Inject JobDesk jobs;
  @Inject RunAnswerFormat format;
  @Inject RequestBody body;
  @Inject Caller caller;

  /** The answer to a validation that found nothing wrong. */
  public record Valid(boolean valid) {}

  @GET
  @Access(Access.Level.ANYBODY)
  public Page<ServiceView> list() {
    return new Page<>(registry.all().stream().map(ServiceView::of).toList(), null);
  }

  @GET
  @Path("{name}")
  @Access(Access.Level.ANYBODY)
  public ServiceView get(@PathParam("name") String name) {
    return ServiceView.of(registry.require(name));
  }

  @GET
  @Path("{name}/credits")
  public CreditCheck credits(@PathParam("name") String name) {
    return runner.checkUserCredits(name, caller.user().asServiceUser());
  }

  @POST
  @Path("{name}/run")
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Response run(@PathParam("name") String name, InputStream in) throws IOException {
    byte[] input = body.read(in, inputLimit(name));
    RunRequest request =
        new RunRequest(
            caller.user().asServiceUser(),
            Optional.of(caller.user().apiKeyId()),
            name,
            input,
            caller.correlationId(),
            caller.idempotencyKey(input));
    return format.respond(runner.answer(request, format.forRun(caller.path(), caller.traceId())));
  }

  @POST
  @Path("{name}/batch")
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Response batch(@PathParam("name") String name, InputStream in) throws IOException {
    byte[] items = body.readMany(in);
    OrderRequest request =
        new OrderRequest(
            caller.user().asServiceUser(),
            Optional.of(caller.user().apiKeyId()),
            caller.correlationId(),
            caller.idempotencyKey(items),
            Optional.empty());
    return format.respond(
        batches.answer(
            request, name, items, format.forBatch(name, caller.path(), caller.traceId())));
  }

  @POST
  @Path("{name}/jobs")
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Response submit(@PathParam("name") String name, InputStream in) throws IOException {
    byte[] job = body.readMany(in);
    JobRequest request =
        new JobRequest(
            caller.user().asServiceUser(),
            Optional.of(caller.user().apiKeyId()),
            caller.correlationId(),
            caller.idempotencyKey(job));
    return format.respondCreated(
        jobs.submit(request, name, job, format::accepted), JobsResource.FOLDER);
  }

  @POST
  @Path("{name}/validate")
  public Valid validate(@PathParam("name") String name, InputStream in) throws IOException {
    runner.validate(name, body.read(in, inputLimit(name)));
    return new Valid(true);
  }

  private Integer inputLimit(String name) {
    return registry
        .find(name)
        .map(RegisteredService::settings)
        .map(s -> s.maxInputBytes())
        .orElse(null);
  }
}
