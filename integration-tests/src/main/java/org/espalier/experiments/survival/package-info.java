/**
 * Does a training that is killed at any moment, again and again, end with the bits that it would
 * have had? One class trains, in a process of its own; one kills it; one asks for a table.
 */
package org.espalier.experiments.survival;
