package io.quickscale.cli.source;

/** Looks at one service for one kind of mistake. */
interface Check {
  void check(ServiceSource service, Findings findings);
}
