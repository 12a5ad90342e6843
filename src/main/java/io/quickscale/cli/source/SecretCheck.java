package io.quickscale.cli.source;

import com.github.javaparser.ast.Node;
import com.github.javaparser.ast.body.VariableDeclarator;
import com.github.javaparser.ast.expr.LiteralStringValueExpr;
import com.github.javaparser.ast.expr.StringLiteralExpr;
import com.github.javaparser.ast.expr.TextBlockLiteralExpr;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Keys and passwords in the source, which go to everybody who can read it or the WAR. */
final class SecretCheck implements Check {
  /** How issuers mark their secrets. */
  private static final List<Pattern> MARKED =
      Stream.of(
              "sk-[A-Za-z0-9_-]{16,}",
              "(AKIA|ASIA)[0-9A-Z]{16}",
              "gh[pousr]_[A-Za-z0-9]{30,}",
              "glpat-[A-Za-z0-9_-]{20,}",
              "xox[abpors]-[A-Za-z0-9-]{10,}",
              "AIza[A-Za-z0-9_-]{35}",
              "hf_[A-Za-z0-9]{30,}",
              "qs_[a-z0-9]+_[A-Za-z0-9_-]{16,}",
              "eyJ[A-Za-z0-9_-]{10,}\\.eyJ[A-Za-z0-9_-]{10,}",
              "-----BEGIN [A-Z ]*PRIVATE KEY-----",
              "Bearer [A-Za-z0-9._~+/-]{16,}",
              "://[^/:@\\s]+:[^/@\\s]+@")
          .map(Pattern::compile)
          .toList();

  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(password|passwd|secret|api_?key|token|credential).*");

  /** Not a word: a word is the name of a setting, of a header or of a unit. */
  private static final Pattern SECRET_VALUE = Pattern.compile("(?=.*\\d)[^\\s]{8,}");

  @Override
  public void check(ServiceSource service, Findings findings) {
    service.file().unit().findAll(LiteralStringValueExpr.class).stream()
        .filter(
            literal ->
                literal instanceof StringLiteralExpr || literal instanceof TextBlockLiteralExpr)
        .filter(literal -> isSecret(literal))
        .forEach(
            literal ->
                findings.error(
                    "QS130",
                    literal,
                    "there is a secret in the code",
                    "Revoke it, since it has been written down; take the new one from"
                        + " context.setting(\"api-key\") (AI_SERVICE_API_KEY in the environment)"));
  }

  private static boolean isSecret(LiteralStringValueExpr literal) {
    String value = literal.getValue();
    return MARKED.stream().anyMatch(pattern -> pattern.matcher(value).find())
        || isNamedSecret(literal) && SECRET_VALUE.matcher(value).matches();
  }

  private static boolean isNamedSecret(Node literal) {
    return literal
        .getParentNode()
        .filter(VariableDeclarator.class::isInstance)
        .map(VariableDeclarator.class::cast)
        .filter(variable -> SECRET_NAME.matcher(variable.getNameAsString()).matches())
        .isPresent();
  }
}
