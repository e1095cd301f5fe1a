package org.espalier.tribuo.linear;

import java.util.stream.IntStream;
import org.tribuo.Example;
import org.tribuo.ImmutableOutputInfo;
import org.tribuo.Prediction;
import org.tribuo.regression.Regressor;

/** One or more numbers: the sums. */
record RegressorOutput() implements LinearOutput<Regressor> {

  @Override
  public Class<Regressor> type() {
    return Regressor.class;
  }

  @Override
  public String name(ImmutableOutputInfo<Regressor> info, int id) {
    return info.getOutput(id).getNames()[0];
  }

  @Override
  public Prediction<Regressor> prediction(
      double[] sums, ImmutableOutputInfo<Regressor> info, int used, Example<Regressor> example) {
    String[] names =
        IntStream.range(0, sums.length).mapToObj(id -> name(info, id)).toArray(String[]::new);
    return new Prediction<>(new Regressor(names, sums), used, example);
  }
}
