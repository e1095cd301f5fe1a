/**
 * Trainings that survive: a {@link org.espalier.pruning.djl.checkpoint.TrainingSnapshot} is all
 * that a training needs to go on bit for bit, in memory or in a file.
 */
package org.espalier.pruning.djl.checkpoint;
