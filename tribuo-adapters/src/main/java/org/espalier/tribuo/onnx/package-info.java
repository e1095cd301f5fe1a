/**
 * ONNX for networks: the {@linkplain org.espalier.tribuo.onnx.NetworkOperators operators} that
 * Tribuo's own exporters lack, and files that do not store {@linkplain
 * org.espalier.tribuo.onnx.SparseConstants pruned weights}. This package knows no network: the
 * layers of {@link org.espalier.tribuo.network} write themselves.
 */
package org.espalier.tribuo.onnx;
