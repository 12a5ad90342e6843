package io.quickscale.node;

import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import jakarta.transaction.Transactional;
import jakarta.transaction.Transactional.TxType;

/** Makes {@code @Transactional} on methods mean something outside a server. */
@Transactional
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE)
class TransactionalCalls {
  @Inject Transactions transactions;

  @AroundInvoke
  Object inTransaction(InvocationContext call) throws Exception {
    TxType type = call.getMethod().getAnnotation(Transactional.class).value();
    return switch (type) {
      case REQUIRED -> transactions.required(call::proceed);
      case MANDATORY -> transactions.mandatory(call::proceed);
      default -> throw new UnsupportedOperationException(type + " is not needed so far");
    };
  }
}
