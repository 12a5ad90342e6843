package io.quickscale.system.chaos;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;

/** Stands around the transaction: it is committed, and nobody has been told. */
@Interceptor
@Transactional(Transactional.TxType.REQUIRES_NEW)
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
public class CrashAfterCommit {
  @Inject CrashPlan plan;

  @AroundInvoke
  Object call(InvocationContext call) throws Exception {
    Object result = call.proceed();
    if (JournalStep.holds(call)) {
      plan.reached(CrashPoint.AFTER_HOLD_COMMIT);
    }
    if (JournalStep.settles(call)) {
      plan.reached(CrashPoint.AFTER_SETTLE_COMMIT);
    }
    return result;
  }
}
