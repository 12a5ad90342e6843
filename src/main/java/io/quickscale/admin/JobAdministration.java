package io.quickscale.admin;

import io.quickscale.access.Actor;
import io.quickscale.job.Job;
import io.quickscale.job.JobDesk;
import io.quickscale.platform.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** What operators do to others' jobs. */
@ApplicationScoped
public class JobAdministration {
  @Inject JobDesk jobs;
  @Inject AuditNotes notes;

  /** What the audit log says of a job. */
  private record Noted(String userId, String service, String status) {
    private static Noted of(Job job) {
      return new Noted(Ids.format(job.userId()), job.service(), job.status().word());
    }
  }

  /** Cancels a job, see {@link JobDesk#cancel}. Call it outside of a transaction. */
  public Job cancel(Actor actor, long id) {
    Job before = jobs.require(Optional.empty(), id);
    Job after = jobs.cancel(Optional.empty(), id);
    notes.note(actor, "cancel_job", "job/" + Ids.format(id), Noted.of(before), Noted.of(after));
    return after;
  }
}
