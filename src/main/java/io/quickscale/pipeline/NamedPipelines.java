package io.quickscale.pipeline;

import io.quickscale.db.Database;
import io.quickscale.json.JsonCodec;
import io.quickscale.platform.Time;
import io.quickscale.problem.ConflictProblem;
import io.quickscale.problem.NotFoundProblem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.PersistenceException;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/**
 * The pipelines that operators have stored. They are read from the database whenever one is asked
 * for, so that a change counts on every node at once. A version stays when its pipeline is changed
 * or removed: what has begun with it goes on with it.
 */
@ApplicationScoped
public class NamedPipelines {
  private static final String COLUMNS =
      "select v.name, v.version, v.description, v.steps, v.stored_at from pipeline_version v";

  private static final String CURRENT =
      COLUMNS + " join pipeline p on p.name = v.name and p.version = v.version";

  @Inject Database database;
  @Inject JsonCodec codec;
  @Inject Time time;

  /** Steps as they are stored. */
  record Steps(List<StepDocument> steps) {}

  /** The current version of each, by name. */
  @Transactional
  public List<NamedPipeline> all() {
    return database.read(CURRENT + " order by v.name", this::read);
  }

  /** The current version. */
  @Transactional
  public Optional<NamedPipeline> find(String name) {
    return database.read(CURRENT + " where p.name = ?", this::read, name).stream().findFirst();
  }

  /**
   * The current version.
   *
   * @throws NotFoundProblem there is no such pipeline
   */
  @Transactional
  public NamedPipeline require(String name) {
    return find(name).orElseThrow(() -> notFound(name));
  }

  /**
   * One version, also of a pipeline that has other steps or is gone by now.
   *
   * @throws NotFoundProblem there never was one
   */
  @Transactional
  public NamedPipeline require(String name, int version) {
    return database
        .read(COLUMNS + " where v.name = ? and v.version = ?", this::read, name, version)
        .stream()
        .findFirst()
        .orElseThrow(() -> notFound(name));
  }

  /** Whether there is or ever was one of this name. */
  @Transactional
  public boolean wasEver(String name) {
    return lastVersion(name) > 0;
  }

  /**
   * Stores the next version, in the caller's transaction.
   *
   * @throws ConflictProblem somebody else does so at the same time
   */
  @Transactional
  public NamedPipeline store(String name, String description, List<StepDocument> steps) {
    NamedPipeline next =
        new NamedPipeline(name, lastVersion(name) + 1, description, steps, time.now());
    try {
      database.update(
          "insert into pipeline_version (name, version, description, steps, stored_at)"
              + " values (?, ?, ?, ?, ?)",
          name,
          next.version(),
          description,
          codec.write(new Steps(steps)),
          next.storedAt());
      int changed =
          database.update("update pipeline set version = ? where name = ?", next.version(), name);
      if (changed == 0) {
        database.update("insert into pipeline (name, version) values (?, ?)", name, next.version());
      }
      return next;
    } catch (PersistenceException e) {
      throw new ConflictProblem(
          "The pipeline '" + name + "' is being stored by somebody else too. Look, and try again.");
    }
  }

  /**
   * Removes a pipeline, in the caller's transaction; its versions stay for what runs.
   *
   * @return its last version
   * @throws NotFoundProblem there is no such pipeline
   */
  @Transactional
  public NamedPipeline remove(String name) {
    NamedPipeline last = require(name);
    if (database.update("delete from pipeline where name = ?", name) == 0) {
      throw notFound(name);
    }
    return last;
  }

  private int lastVersion(String name) {
    return database
        .read(
            "select coalesce(max(version), 0) from pipeline_version where name = ?",
            row -> row.getInt(1),
            name)
        .get(0);
  }

  private NamedPipeline read(ResultSet row) throws SQLException {
    Steps steps = codec.readOwn(row.getString(4), Steps.class);
    return new NamedPipeline(
        row.getString(1),
        row.getInt(2),
        row.getString(3),
        steps.steps(),
        row.getObject(5, OffsetDateTime.class));
  }

  private static NotFoundProblem notFound(String name) {
    return new NotFoundProblem(
        "There is no pipeline '" + name + "'. GET /api/v1/pipelines lists them.");
  }
}
