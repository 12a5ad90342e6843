package io.quickscale.rest;

import io.quickscale.access.AuthenticatedUser;
import io.quickscale.access.EmailAddress;
import io.quickscale.access.Role;
import io.quickscale.access.User;
import io.quickscale.platform.Ids;
import io.quickscale.service.InvalidInputException;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;

/** A user. */
public record UserView(
    String id,
    String email,
    String role,
    boolean active,
    String accountId,
    OffsetDateTime createdAt) {

  private static final String ROLES = "user|admin";

  static UserView of(User user) {
    return new UserView(
        Ids.format(user.id()),
        user.email(),
        user.role().word(),
        user.isActive(),
        Ids.format(user.accountId()),
        user.createdAt());
  }

  /** A user to be created. */
  public record NewUserRequest(
      @NotBlank @Size(max = 320) String email,
      @Pattern(regexp = ROLES, message = "must be user or admin") String role) {
    EmailAddress address() {
      try {
        return EmailAddress.of(email);
      } catch (IllegalArgumentException e) {
        throw InvalidInputException.of("email", e.getMessage());
      }
    }

    Role roleOrDefault() {
      return role == null ? Role.USER : Role.ofWord(role);
    }
  }

  /** A change; what is missing stays. */
  @SomethingToChange
  public record UserChange(
      Boolean active, @Pattern(regexp = ROLES, message = "must be user or admin") String role) {
    Optional<Role> newRole() {
      return Optional.ofNullable(role).map(Role::ofWord);
    }
  }

  /** The caller. */
  public record Me(Identity user, Account account, List<String> roles) {
    static Me of(AuthenticatedUser user) {
      return new Me(
          new Identity(Ids.format(user.id()), user.email()),
          new Account(Ids.format(user.accountId())),
          user.roles().stream().sorted().toList());
    }
  }

  /** Who the caller is. */
  public record Identity(String id, String email) {}

  /** Where the caller's credits are. */
  public record Account(String id) {}
}
