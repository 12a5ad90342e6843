  private static final String NAME =«1:6»"«name»";
  private static final BigDecimal PRICE = new BigDecimal("«cost»");

  /** The keys that the build starts the server with. */
  private static final String ADMIN_KEY = System.getenv("QUICKSCALE_BOOTSTRAP_ADMIN_KEY");

  private static final String DEMO_KEY = System.getenv("QUICKSCALE_BOOTSTRAP_DEMO_KEY");
