package io.quickscale.rest;

import io.quickscale.job.Job;
import io.quickscale.job.JobItem;
import io.quickscale.json.JsonCodec;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** The items of a job as lines of JSON, a few in memory at a time. */
@ApplicationScoped
class JobItemLines {
  /** What a resource method that gives them produces; JSON goes before it. */
  static final String MEDIA_TYPE = "application/x-ndjson; qs=0.5";

  private static final int ROWS_AT_A_TIME = 200;

  @Inject JobReader reader;
  @Inject JsonCodec codec;

  /**
   * Those that have ended.
   *
   * @param cursor behind which one it begins; null for the first
   * @param limit the most lines; null for all
   */
  StreamingOutput of(Job job, Cursor cursor, Limit limit) {
    Optional<Long> first = Optional.ofNullable(cursor).map(Cursor::id);
    long most = limit == null ? Long.MAX_VALUE : limit.rows();
    // Read before the answer begins, so that what is refused is a problem and no broken stream.
    List<JobItem> begin = reader.items(job, first, (int) Math.min(most, ROWS_AT_A_TIME));
    return out -> write(job, begin, most, out);
  }

  private void write(Job job, List<JobItem> begin, long most, OutputStream out) throws IOException {
    List<JobItem> some = begin;
    long left = most;
    while (!some.isEmpty()) {
      for (JobItem item : some) {
        out.write(
            (codec.writeInOrder(JobView.Item.of(item)) + "\n").getBytes(StandardCharsets.UTF_8));
      }
      left -= some.size();
      Optional<Long> last = Optional.of((long) some.get(some.size() - 1).index());
      some = left == 0 ? List.of() : reader.items(job, last, (int) Math.min(left, ROWS_AT_A_TIME));
    }
  }
}
