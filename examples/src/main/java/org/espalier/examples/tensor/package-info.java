/**
 * Work on tensor files without any network: masks for weights from anywhere, and what the zeros of
 * a file are worth. Plain Java; no engine is loaded.
 */
package org.espalier.examples.tensor;
