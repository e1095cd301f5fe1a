/**
 * What a DJL network consists of: its parameters by path, how often each weight is used, and its
 * blocks, also those that DJL has no way to name or to exchange. Nothing here computes.
 */
package org.espalier.pruning.djl.network;
