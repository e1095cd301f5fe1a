package org.espalier.sparse.pattern;

/**
 * One text form of patterns, for generated documentation and messages.
 *
 * @param form the form; capital letters stand for whole numbers of at least 1
 * @param granularity what lives or dies as one
 * @param summary one line: what is kept
 * @param source who described it
 * @param example a pattern of this form
 */
public record PatternForm(
    String form, String granularity, String summary, String source, String example) {}
