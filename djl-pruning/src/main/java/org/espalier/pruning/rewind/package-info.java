/**
 * Rounds of training, pruning and rewinding: lottery tickets, learning-rate rewinding, fine-tuning
 * and their controls, as stages that are named, stored, and skipped when already done.
 */
package org.espalier.pruning.rewind;
