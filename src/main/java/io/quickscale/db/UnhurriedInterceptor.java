package io.quickscale.db;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.persistence.PersistenceException;

/** Inside the transaction that {@code @Transactional} begins: hence the priority. */
@Unhurried
@Interceptor
@Priority(Interceptor.Priority.LIBRARY_BEFORE)
class UnhurriedInterceptor {
  @Inject TransactionLimits limits;

  @AroundInvoke
  Object giveTime(InvocationContext call) {
    return limits.unhurried(() -> proceed(call));
  }

  private static Object proceed(InvocationContext call) {
    try {
      return call.proceed();
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new PersistenceException(e);
    }
  }
}
