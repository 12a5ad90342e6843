package io.quickscale.rest;

import io.quickscale.json.JsonCodec;
import io.quickscale.json.JsonText;
import io.quickscale.pipeline.NamedPipelines;
import io.quickscale.pipeline.PipelineDocument;
import io.quickscale.pipeline.PipelinePlan;
import io.quickscale.pipeline.PipelineResult;
import io.quickscale.pipeline.PipelineRunner;
import io.quickscale.pipeline.PipelineWords;
import io.quickscale.problem.Problem;
import io.quickscale.rest.PipelineView.PipelineInputRequest;
import io.quickscale.run.Answer;
import io.quickscale.run.OrderRequest;
import io.quickscale.web.Caller;
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
import java.util.function.Supplier;

/** Pipelines: run one that comes with the request, or one that an operator has stored. */
@Path("/pipelines")
@ApplicationScoped
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class PipelinesResource {
  @Inject PipelineRunner runner;
  @Inject NamedPipelines pipelines;
  @Inject RunAnswerFormat format;
  @Inject RequestBody body;
  @Inject JsonCodec codec;
  @Inject Caller caller;

  @GET
  public Page<PipelineView> list() {
    return new Page<>(pipelines.all().stream().map(PipelineView::of).toList(), null);
  }

  @GET
  @Path("{name}")
  public PipelineView get(@PathParam("name") String name) {
    return PipelineView.of(pipelines.require(name));
  }

  @POST
  @Path("run")
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Response run(InputStream in) throws IOException {
    byte[] sent = body.read(in);
    return run(sent, () -> runner.check(codec.read(sent, PipelineDocument.class)));
  }

  @POST
  @Path("{name}/run")
  @Transactional(Transactional.TxType.NOT_SUPPORTED)
  public Response runStored(@PathParam("name") String name, InputStream in) throws IOException {
    byte[] sent = body.read(in);
    return run(
        sent,
        () ->
            runner.check(
                pipelines.require(name), codec.read(sent, PipelineInputRequest.class).input()));
  }

  private Response run(byte[] sent, Supplier<PipelinePlan> check) {
    OrderRequest request =
        new OrderRequest(
            caller.user().asServiceUser(),
            Optional.of(caller.user().apiKeyId()),
            caller.correlationId(),
            caller.idempotencyKey(sent),
            Optional.empty());
    return format.respond(runner.run(request, check, words(caller.path(), caller.traceId())));
  }

  /** Other threads ask for the words too: what the request says is taken now. */
  private PipelineWords words(String instance, Optional<String> traceId) {
    return new PipelineWords() {
      @Override
      public JsonText error(Problem problem, long usageId) {
        return format.error(problem, instance, traceId, usageId);
      }

      @Override
      public Answer answer(PipelineResult result) {
        return format.json(200, result);
      }
    };
  }
}
