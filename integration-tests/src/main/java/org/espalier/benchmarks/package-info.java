/**
 * Speed and memory, measured and never asserted: run by {@code
 * integration-tests/target/benchmarks}. JMH where a single function is timed, interleaved rounds
 * where two trainings are compared.
 */
package org.espalier.benchmarks;
