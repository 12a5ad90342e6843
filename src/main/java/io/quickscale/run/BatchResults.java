package io.quickscale.run;

import io.quickscale.credit.Credits;
import io.quickscale.platform.Ids;
import io.quickscale.problem.Problem;
import io.quickscale.service.BatchResult;
import io.quickscale.service.BatchResult.Item;
import io.quickscale.service.ServiceResult;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/** What a batch came to, for a caller in Java. */
final class BatchResults {
  private BatchResults() {}

  static <O> BatchResult<O> ofRuns(String service, List<RunAnswer> answers) {
    List<Item<O>> items = new ArrayList<>();
    answers.forEach(answer -> items.add(item(items.size(), answer)));
    return of(service, items);
  }

  static <O> BatchResult<O> of(String service, List<Item<O>> items) {
    Credits cost = Credits.sum(items.stream().map(Item::creditsConsumed).map(Credits::of).toList());
    return new BatchResult<>(
        items.stream().allMatch(Item::success), service, List.copyOf(items), cost.toDecimal());
  }

  static <O> Item<O> item(int index, ServiceResult<O> result) {
    return new Item<>(
        index, true, result.result(), null, result.creditsConsumed(), result.usageId());
  }

  /** Of one that was not executed, or that cost nothing. */
  static <O> Item<O> failed(int index, Problem problem) {
    return new Item<>(index, false, null, problem, BigDecimal.ZERO, null);
  }

  @SuppressWarnings("unchecked") // the service's own output type
  private static <O> Item<O> item(int index, RunAnswer answer) {
    return new Item<>(
        index,
        answer.isSuccess(),
        (O) answer.result(),
        answer.problem().orElse(null),
        answer.cost().toDecimal(),
        Ids.format(answer.usageId()));
  }
}
