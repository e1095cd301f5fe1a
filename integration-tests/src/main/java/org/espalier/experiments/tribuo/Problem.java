package org.espalier.experiments.tribuo;

import java.util.List;
import org.tribuo.Dataset;
import org.tribuo.Output;

/**
 * A data set and who learns it.
 *
 * @param name of its files
 * @param train to learn from
 * @param test to be judged by
 * @param measure how
 * @param contestants in the order of the rows of the table
 * @param <T> the kind of output
 */
record Problem<T extends Output<T>>(
    String name,
    Dataset<T> train,
    Dataset<T> test,
    Measure<T> measure,
    List<Contestant<T>> contestants) {}
