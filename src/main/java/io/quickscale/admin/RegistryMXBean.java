package io.quickscale.admin;

import io.quickscale.platform.Description;

/** The registry as a management console shows it. */
@Description("Which services there are on this node")
public interface RegistryMXBean {
  @Description("How many services there are, inactive ones included")
  int getServices();

  @Description("How many services can be run now")
  int getAvailableServices();

  @Description("The names of all services")
  String[] getNames();

  @Description(
      "Reads all definitions from the database now; what other nodes changed is seen within two"
          + " seconds in any case")
  void refresh();
}
