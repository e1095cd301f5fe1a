package org.espalier.sparse;

/** An output that cannot be written: whatever stood at its place before is still there. */
public class OutputException extends EspalierException {

  private static final long serialVersionUID = 1L;

  /** See {@link EspalierException#EspalierException(String, String, String, String, Throwable)}. */
  public OutputException(
      String place, String expected, String found, String remedy, Throwable cause) {
    super(place, expected, found, remedy, cause);
  }
}
