  private final «class» service =«1:6»new «class»();
