/**
 * Pruning inside a DJL training loop. {@link org.espalier.pruning.djl.PruningListener} is all that
 * a user adds; {@link org.espalier.pruning.djl.Pruning#attach} is the same without reflection.
 *
 * <p>A {@link org.espalier.pruning.djl.PruningSession} is the state machine of one trainer: it
 * fires the hooks in their order, asks the core for masks when they are due, and enforces them on
 * the device after every optimizer step. It is told what happens by one of two seams: a {@code
 * ParameterStore} that stands in for the trainer's own, or a wrapped {@code Optimizer}.
 *
 * <p>What a decision looks at besides weights comes through {@link
 * org.espalier.pruning.djl.evidence.Collector}s, for due groups only, and is gone after it. This
 * package is above {@code capture}, {@code evidence} and {@code network}, which know nothing of
 * trainings.
 */
package org.espalier.pruning.djl;
