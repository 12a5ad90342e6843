package io.quickscale.cli.dev;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The project's WAR as a folder that is kept in step with the sources. A build that fails leaves it
 * as it is; a build that cannot be deployed can be taken back.
 */
public final class UnpackedWar {
  private final Path folder;
  private final Path layers;
  private final Predicate<Path> belongs;
  private Layer current;
  private Layer before;
  private int number;

  private UnpackedWar(Path folder, Path layers, Predicate<Path> belongs) {
    this.folder = folder;
    this.layers = layers;
    this.belongs = belongs;
  }

  /**
   * Unpacks a WAR.
   *
   * @param work a folder of this object's own
   * @param built the classes that the build put into the WAR: those whose sources are gone must go
   * @param belongs which of the project's sources and resources are part of the WAR
   */
  public static UnpackedWar of(Path war, Path work, Path built, Predicate<Path> belongs) {
    Path folder = work.resolve("quickscale.war");
    Layer.deleteAll(folder);
    unpack(war, folder);
    Path layers = work.resolve("layers");
    Layer.deleteAll(layers);
    UnpackedWar unpacked = new UnpackedWar(folder, layers, belongs);
    unpacked.current = unpacked.layerOfBuilt(built);
    unpacked.before = unpacked.current;
    return unpacked;
  }

  /** The classes, and not what the build generates besides them. */
  private Layer layerOfBuilt(Path built) {
    Layer layer = Layer.emptyIn(layers.resolve("built"));
    if (Files.isDirectory(built)) {
      try (Stream<Path> all = Files.walk(built)) {
        Set<Path> classes =
            Set.copyOf(all.filter(path -> path.toString().endsWith(".class")).toList());
        layer.add(classes, built, layer.classes());
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read the folder " + built, e);
      }
    }
    return layer;
  }

  /** Where it is. */
  public Path folder() {
    return folder;
  }

  /**
   * Compiles the sources and, if that succeeds, changes the folder.
   *
   * @return the compiler's errors; none if the folder is as the sources are
   */
  public List<String> update(SourceTree sources, JavaBuild build) {
    number++;
    Layer next = Layer.emptyIn(layers.resolve(Integer.toString(number)));
    List<String> errors = build.compile(belonging(sources.java()), next.classes());
    if (!errors.isEmpty()) {
      Layer.deleteAll(next.folder());
      return errors;
    }
    next.add(belonging(sources.resources()), sources.folder("resources"), next.classes());
    next.add(sources.webapp(), sources.folder("webapp"), next.folder());
    next.replace(current, folder);
    if (before != current) {
      Layer.deleteAll(before.folder());
    }
    before = current;
    current = next;
    return List.of();
  }

  /** Makes the folder what it was before the last update. */
  public void takeBack() {
    before.replace(current, folder);
    Layer.deleteAll(current.folder());
    current = before;
  }

  private Set<Path> belonging(Set<Path> files) {
    return Set.copyOf(files.stream().filter(belongs).toList());
  }

  private static void unpack(Path war, Path folder) {
    try (InputStream in = Files.newInputStream(war);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
          throw new IOException("an entry leads outside: " + entry.getName());
        }
        if (entry.isDirectory()) {
          Files.createDirectories(target);
        } else {
          Files.createDirectories(target.getParent());
          Files.copy(zip, target);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot unpack " + war, e);
    }
  }
}
