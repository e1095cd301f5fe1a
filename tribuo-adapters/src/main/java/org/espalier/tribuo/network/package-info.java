/**
 * Neural networks as Tribuo models: {@link org.espalier.tribuo.network.SparseNetworkTrainer} trains
 * and prunes a DJL network, and its model predicts in plain Java from layers that it can name.
 */
package org.espalier.tribuo.network;
