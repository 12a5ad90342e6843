package io.quickscale.registry;

import io.quickscale.service.BaseService;
import io.quickscale.service.BatchResult;
import io.quickscale.service.CreditCheck;
import io.quickscale.service.Runner;
import io.quickscale.service.ServiceResult;
import io.quickscale.service.ServiceUser;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Stands where services expect the runner; nothing here runs any. */
@ApplicationScoped
class FakeRunner implements Runner {
  @Override
  public <I, O> ServiceResult<O> run(BaseService<I, O> service, ServiceUser user, I input) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <I, O> BatchResult<O> runBatch(
      BaseService<I, O> service, ServiceUser user, List<I> inputs) {
    throw new UnsupportedOperationException();
  }

  @Override
  public CreditCheck checkUserCredits(BaseService<?, ?> service, ServiceUser user) {
    throw new UnsupportedOperationException();
  }

  @Override
  public <O> ServiceResult<O> consumeCredits(BaseService<?, O> service, ServiceUser user) {
    throw new UnsupportedOperationException();
  }
}
