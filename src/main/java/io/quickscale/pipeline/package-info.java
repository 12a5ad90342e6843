/**
 * Pipelines: services in a row, of which each may take what the ones before it returned. {@link
 * io.quickscale.pipeline.PipelineRunner} is the entrance:
 *
 * <ul>
 *   <li>{@code check} says all that is wrong with a document before anything runs, and makes the
 *       plan of it;
 *   <li>the plan's {@code services()} are what {@link io.quickscale.run.Orders} holds credits for,
 *       one run a step;
 *   <li>{@code walk} executes the order, and tells its {@link
 *       io.quickscale.pipeline.PipelineFollower} of each step's end in the transaction that ends
 *       it. Whoever keeps those ({@link io.quickscale.pipeline.StepEnd}) can walk on after a crash,
 *       with the plan made again and the order resumed;
 *   <li>{@code run} is all of that for somebody who waits.
 * </ul>
 *
 * {@link io.quickscale.pipeline.NamedPipelines} are the ones that operators store.
 */
package io.quickscale.pipeline;
