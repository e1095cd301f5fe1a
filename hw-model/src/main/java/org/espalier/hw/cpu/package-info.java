/**
 * Times of products on the processor that runs this: terms of work of each kernel, and what a unit
 * of each term costs, found by a short self-measurement.
 */
package org.espalier.hw.cpu;
