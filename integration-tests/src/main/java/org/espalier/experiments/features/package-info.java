/** Selection of features on real data: which pixels of MNIST do, and how well. */
package org.espalier.experiments.features;
