/**
 * The broadcast queue of EIE and ESE: processing elements that share a stream of inputs, each with
 * a short queue. Simulated cycle by cycle, or estimated from the distribution of the work.
 */
package org.espalier.hw.sim;
