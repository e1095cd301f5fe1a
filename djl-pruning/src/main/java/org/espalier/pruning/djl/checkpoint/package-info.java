/**
 * Trainings that survive: a {@link org.espalier.pruning.djl.checkpoint.TrainingSnapshot} is all
 * that a training needs to go on bit for bit, in memory or in a file; {@link
 * org.espalier.pruning.djl.checkpoint.ResumableTraining} is the loop that takes and uses them, and
 * {@link org.espalier.pruning.djl.checkpoint.Checkpoints} the folder that they live in.
 *
 * <p>The package is above {@code djl}, which knows nothing of files.
 */
package org.espalier.pruning.djl.checkpoint;
