package io.quickscale.run;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Looks up the runs within others, in the caller's transaction. Behind the account's lock nobody
 * starts or refunds one of them meanwhile.
 */
@ApplicationScoped
class RunFamilies {
  @Inject OpenRuns openRuns;
  @Inject UsageTable usages;

  /**
   * The runs within one that ends; closes those that go on and end with it.
   *
   * @param group what else ends in this transaction
   */
  RunFamily closeWithin(OpenRun outer, InnerEnd wanted, RunGroup group) {
    List<FamilyMember> members = new ArrayList<>();
    List<Long> parents = List.of(outer.usageId());
    while (!parents.isEmpty()) {
      List<FamilyMember> found = closeOrderedBy(outer.accountId(), parents, group);
      members.addAll(found);
      parents = found.stream().map(FamilyMember::usageId).toList();
    }
    return new RunFamily(outer.accountId(), wanted, members);
  }

  private List<FamilyMember> closeOrderedBy(long accountId, List<Long> parents, RunGroup group) {
    List<FamilyMember> found = new ArrayList<>(group.endingWithin(parents));
    List<OpenRun> open = openRuns.orderedBy(accountId, parents);
    Set<Long> closed = openRuns.close(open.stream().map(OpenRun::usageId).toList());
    open.stream()
        .filter(run -> closed.contains(run.usageId()))
        .map(group::closedWith)
        .forEach(found::add);
    // Looked at last: what another node ended at this moment has its record by now.
    usages.orderedBy(parents).stream().map(group::endedBefore).forEach(found::add);
    return found;
  }

  /** The runs that a run has ordered, and those that they have ordered, in their order. */
  List<InnerRun> within(long accountId, long usageId) {
    List<InnerRun> all = new ArrayList<>();
    List<Long> parents = List.of(usageId);
    while (!parents.isEmpty()) {
      List<InnerRun> found = orderedBy(accountId, parents);
      all.addAll(found);
      parents = found.stream().map(InnerRun::usageId).toList();
    }
    all.sort(Comparator.comparing(InnerRun::usageId));
    return all;
  }

  private List<InnerRun> orderedBy(long accountId, List<Long> parents) {
    List<InnerRun> open =
        openRuns.orderedBy(accountId, parents).stream().map(InnerRun::of).toList();
    List<InnerRun> found = new ArrayList<>(usages.orderedBy(parents));
    // One that ended between the two looks is in both.
    open.stream()
        .filter(run -> found.stream().noneMatch(other -> other.usageId() == run.usageId()))
        .forEach(found::add);
    return found;
  }
}
