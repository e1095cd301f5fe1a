/**
 * Files: workloads and machines written in YAML, of which JSON is a part. Every error names the
 * file, the line and the path of the key, and says what to write instead.
 */
package org.espalier.hw.file;
