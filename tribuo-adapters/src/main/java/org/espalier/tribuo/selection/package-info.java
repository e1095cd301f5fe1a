/**
 * Selection of features by networks, as Tribuo's {@link org.tribuo.FeatureSelector}s. {@link
 * org.espalier.tribuo.selection.QuickSelection} needs no outputs: it trains a sparse autoencoder.
 * The others train a small network on labels or regressors, and judge its inputs: by {@linkplain
 * org.espalier.tribuo.selection.SensitivitySelector sensitivity}, by {@linkplain
 * org.espalier.tribuo.selection.CellDamageSelector curvature}, by {@linkplain
 * org.espalier.tribuo.selection.CompensationSelector what the others can make good}, or by a
 * {@linkplain org.espalier.tribuo.selection.GroupLassoSelector penalty} that kills them. All is
 * plain Java, without an engine; equal seed and data give equal bits.
 */
package org.espalier.tribuo.selection;
