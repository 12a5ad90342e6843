package io.quickscale.run;

import io.quickscale.platform.ProviderLookups;
import io.quickscale.service.Attempt;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;

/**
 * Sits inside Fault Tolerance (whose interceptor has priority 4010) and sees each attempt of a run.
 */
@Attempt
@Interceptor
@Priority(4500)
public class AttemptInterceptor {
  @AroundInvoke
  Object attempt(InvocationContext invocation) throws Exception {
    Object[] parameters = invocation.getParameters();
    if (parameters.length == 2 && parameters[0] instanceof RunExecution execution) {
      RunExecution.Attempt attempt = execution.nextAttempt();
      invocation.setParameters(new Object[] {attempt, parameters[1]});
      try {
        return ProviderLookups.leave(invocation::proceed);
      } catch (Exception e) {
        execution.reject(Refusals.ofCaller(e).orElseThrow(() -> e));
        return null;
      } finally {
        attempt.end();
      }
    }
    return invocation.proceed();
  }
}
