package io.quickscale.access;

import java.util.Optional;

/** Who changes something, as the audit log keeps it. */
public interface Actor {
  /** An operator in the server's management console: who that is, only the server knows. */
  Actor MANAGEMENT =
      new Actor() {
        @Override
        public Optional<Long> userId() {
          return Optional.empty();
        }

        @Override
        public String label() {
          return "management";
        }
      };

  /** The user, if it is one of ours. */
  Optional<Long> userId();

  /** For people to read. */
  String label();
}
