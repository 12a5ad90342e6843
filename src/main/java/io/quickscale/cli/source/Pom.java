package io.quickscale.cli.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** What a pom.xml itself says; nothing of its parents. */
public final class Pom {
  private final Document document;

  private Pom(Document document) {
    this.document = document;
  }

  /** An absent file is a pom that says nothing. */
  public static Pom read(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      var builder = factory.newDocumentBuilder();
      // Its default prints to standard error what is thrown anyway.
      builder.setErrorHandler(null);
      return new Pom(Files.exists(file) ? builder.parse(file.toFile()) : builder.newDocument());
    } catch (SAXException e) {
      throw new IllegalArgumentException(file + " is not XML: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    } catch (ParserConfigurationException e) {
      throw new IllegalStateException("the JDK's XML parser lacks a standard feature", e);
    }
  }

  /** The project's own group, or its parent's. */
  public Optional<String> groupId() {
    return Optional.ofNullable(document.getDocumentElement())
        .flatMap(
            project ->
                text(project, "groupId")
                    .or(() -> child(project, "parent").flatMap(p -> text(p, "groupId"))));
  }

  public Optional<String> artifactId() {
    return Optional.ofNullable(document.getDocumentElement())
        .flatMap(project -> text(project, "artifactId"));
  }

  /** A property that it sets. */
  public Optional<String> property(String name) {
    return Optional.ofNullable(document.getDocumentElement())
        .flatMap(project -> child(project, "properties"))
        .flatMap(properties -> text(properties, name));
  }

  /** {@code groupId:artifactId} of every dependency it mentions. */
  public Set<String> dependencies() {
    Set<String> found = new LinkedHashSet<>();
    NodeList all = document.getElementsByTagName("dependency");
    for (int i = 0; i < all.getLength(); i++) {
      Element dependency = (Element) all.item(i);
      found.add(
          text(dependency, "groupId").orElse("") + ":" + text(dependency, "artifactId").orElse(""));
    }
    return found;
  }

  private static Optional<String> text(Element parent, String name) {
    return child(parent, name).map(found -> found.getTextContent().strip());
  }

  private static Optional<Element> child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return Optional.of(element);
      }
    }
    return Optional.empty();
  }
}
