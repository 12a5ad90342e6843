package io.quickscale.platform;

import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import java.util.concurrent.FutureTask;

/**
 * Does something as this application, whatever thread asks for it: the reference to an EJB brings
 * class loader and names along, puts the caller's transaction aside, and gives the thread back what
 * it had. Threads of services' authors know nothing of a container.
 */
@Singleton
@Startup
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class ApplicationContext {
  /** Runs a task, which keeps what it throws: the container would log that, and wrap it. */
  public void run(FutureTask<?> task) {
    task.run();
  }
}
