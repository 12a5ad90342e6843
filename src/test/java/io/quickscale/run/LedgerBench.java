package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.platform.Ids;
import io.quickscale.platform.Time;
import io.quickscale.registry.RegisteredService;
import io.quickscale.registry.Registry;
import io.quickscale.service.ServiceUser;
import jakarta.ejb.EJB;
import jakarta.inject.Inject;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * The ledger alone, in process: callers that start and end runs through the group commit, with no
 * HTTP and no service around them. {@code ./scripts/bench} adds this class to a copy of the WAR; it
 * is in no other.
 *
 * <p>Parameters: {@code seconds}, {@code callers}; the body has the ids of the accounts, one a
 * line.
 */
@WebServlet("/bench/ledger")
public class LedgerBench extends HttpServlet {
  private static final String SERVICE = "sentiment_analysis";

  @EJB private Registry registry;
  @Inject private RunWriter writer;
  @Inject private Ids ids;
  @Inject private Time time;

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    int callers = Integer.parseInt(request.getParameter("callers"));
    long nanos = TimeUnit.SECONDS.toNanos(Long.parseLong(request.getParameter("seconds")));
    long[] accounts =
        request.getReader().lines().mapToLong(id -> Ids.parse(id).orElseThrow()).toArray();
    long begin = System.nanoTime();
    long[] durations = together(callers, () -> runs(accounts, begin + nanos));
    long taken = System.nanoTime() - begin;
    response.setContentType("application/json");
    response
        .getWriter()
        .printf(
            "{\"requests\": %d, \"micros\": %d, \"p50_micros\": %d, \"p99_micros\": %d}",
            durations.length,
            taken / 1000,
            durations[durations.length / 2] / 1000,
            durations[durations.length * 99 / 100] / 1000);
  }

  private static long[] together(int callers, Callable<List<Long>> work) throws ServletException {
    // Plain threads: what is called needs no context of the container, and waits on its own.
    ExecutorService threads = Executors.newFixedThreadPool(callers);
    try {
      List<Future<List<Long>>> done = new ArrayList<>();
      for (int i = 0; i < callers; i++) {
        done.add(threads.submit(work));
      }
      LongStream all = LongStream.empty();
      for (Future<List<Long>> one : done) {
        all = LongStream.concat(all, one.get().stream().mapToLong(Long::longValue));
      }
      return all.sorted().toArray();
    } catch (InterruptedException | ExecutionException e) {
      throw new ServletException(e);
    } finally {
      threads.shutdownNow();
    }
  }

  private List<Long> runs(long[] accounts, long end) {
    RegisteredService service = registry.require(SERVICE);
    List<Long> durations = new ArrayList<>();
    long begin = System.nanoTime();
    while (begin < end) {
      run(service, accounts[ThreadLocalRandom.current().nextInt(accounts.length)]);
      long now = System.nanoTime();
      durations.add(now - begin);
      begin = now;
    }
    return durations;
  }

  private void run(RegisteredService service, long accountId) {
    OffsetDateTime now = time.now();
    ServiceUser user = new ServiceUser(accountId, accountId, "");
    Run run = RunFixture.run(ids.next(), service, user, now, Optional.empty());
    RunOutcome.Started started =
        (RunOutcome.Started) writer.start(new RunCommand.Start(run.order(), List.of(run)));
    Credits price = service.price().maximum();
    writer.finish(
        new RunCommand.Finish(
            started.runs().get(0), RunEnd.succeeded(null, price, 1), Optional.empty()));
  }
}
