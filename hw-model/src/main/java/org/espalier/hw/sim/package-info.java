/**
 * Simulations: cycles counted step by step as a machine takes them, or estimated from the
 * distribution of the work where a formula is known.
 *
 * <p>And the outer products of the dual-side sparse tensor core, counted slice by slice.
 */
package org.espalier.hw.sim;
