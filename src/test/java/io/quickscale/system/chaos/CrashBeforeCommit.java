package io.quickscale.system.chaos;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;

/** Stands inside the transaction: everything is written, nothing is committed. */
@Interceptor
@Transactional(Transactional.TxType.REQUIRES_NEW)
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
public class CrashBeforeCommit {
  @Inject CrashPlan plan;

  @AroundInvoke
  Object call(InvocationContext call) throws Exception {
    Object result = call.proceed();
    if (JournalStep.holds(call)) {
      plan.reached(CrashPoint.BEFORE_HOLD_COMMIT);
    }
    if (JournalStep.settles(call)) {
      plan.reached(CrashPoint.BEFORE_SETTLE_COMMIT);
    }
    return result;
  }
}
