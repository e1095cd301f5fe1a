/** Simulations: cycles counted over masks, step by step as a machine takes them. */
package org.espalier.hw.sim;
