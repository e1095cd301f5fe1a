package org.espalier.experiments.tribuo;

import java.util.function.LongFunction;
import org.tribuo.Output;
import org.tribuo.Trainer;

/**
 * Someone who learns.
 *
 * @param name of its files
 * @param label of its row
 * @param random whether its training depends on the seed
 * @param trainer by seed
 * @param <T> the kind of output
 */
record Contestant<T extends Output<T>>(
    String name, String label, boolean random, LongFunction<Trainer<T>> trainer) {}
