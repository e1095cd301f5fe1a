/**
 * Forward rules: which weights layers compute with while a network trains, if not the stored ones.
 * Here they are parameter records and their closed forms; {@code djl.forward} puts them between the
 * stored weights and the layers.
 */
package org.espalier.pruning.core.forward;
