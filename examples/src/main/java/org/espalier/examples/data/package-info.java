/**
 * Image data by name: {@link org.espalier.examples.data.DataSource} loads a training and a test
 * set, generated or read through DJL's own loaders; {@link org.espalier.examples.data.ImageDataset}
 * hands them to a trainer in batches, in an order that only its seed decides.
 */
package org.espalier.examples.data;
