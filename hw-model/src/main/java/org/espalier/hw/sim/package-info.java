/**
 * Simulations: cycles counted step by step as a machine takes them, or estimated from the
 * distribution of the work where a formula is known.
 */
package org.espalier.hw.sim;
