package org.espalier.sparse;

/** An input (file, option, tensor, data set) that does not hold. Nothing has been changed. */
public class InvalidInputException extends EspalierException {

  private static final long serialVersionUID = 1L;

  /** See {@link EspalierException#EspalierException(String, String, String, String)}. */
  public InvalidInputException(String place, String expected, String found, String remedy) {
    super(place, expected, found, remedy);
  }

  /** See {@link EspalierException#EspalierException(String, String, String, String, Throwable)}. */
  public InvalidInputException(
      String place, String expected, String found, String remedy, Throwable cause) {
    super(place, expected, found, remedy, cause);
  }
}
