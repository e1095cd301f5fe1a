/**
 * The main job behind {@code espalier prune}: train a dense network, prune and fine-tune it by a
 * recipe, evaluate, measure, report, and put everything into one folder.
 */
package org.espalier.examples.job;
