/**
 * The kernels in explicit vectors: the only package that may see the module {@code
 * jdk.incubator.vector}. Nothing outside names its classes, so that a JVM without the module runs.
 */
package org.espalier.sparse.kernel.simd;
