package org.espalier.examples.data;

import static org.espalier.examples.data.Stroke.curve;
import static org.espalier.examples.data.Stroke.ellipse;
import static org.espalier.examples.data.Stroke.line;

import java.util.List;

/** How people write the ten digits: several ways each, drawn for this project by hand. */
final class DigitStrokes {

  /** By digit, then by way of writing it, then by stroke. */
  private static final List<List<List<Stroke>>> VARIANTS =
      List.of(
          zeros(), ones(), twos(), threes(), fours(), fives(), sixes(), sevens(), eights(),
          nines());

  private DigitStrokes() {}

  /**
   * Returns the ways to write a digit, each a list of strokes.
   *
   * @param digit 0 to 9
   */
  static List<List<Stroke>> variants(int digit) {
    return VARIANTS.get(digit);
  }

  private static List<List<Stroke>> zeros() {
    return List.of(
        List.of(ellipse(.5, .5, .33, .5)),
        List.of(
            curve(.6, 0, .3, .13, .17, .5, .3, .87, .55, 1, .8, .8, .83, .42, .66, .08, .45, .04)),
        List.of(curve(.36, .1, .2, .35, .22, .75, .45, 1, .72, .88, .82, .5, .72, .12, .48, .0)),
        List.of(ellipse(.5, .5, .24, .48)));
  }

  private static List<List<Stroke>> ones() {
    return List.of(
        List.of(line(.5, 0, .5, 1)),
        List.of(line(.3, .22, .53, 0, .53, 1)),
        List.of(line(.32, .2, .53, 0, .53, 1), line(.28, 1, .78, 1)),
        List.of(line(.62, 0, .4, 1)));
  }

  private static List<List<Stroke>> twos() {
    return List.of(
        List.of(
            curve(.2, .25, .3, .06, .55, 0, .78, .14, .76, .38, .5, .68, .17, .98),
            line(.17, .98, .85, .96)),
        List.of(
            curve(
                .2, .2, .45, 0, .75, .12, .72, .4, .45, .75, .22, .95, .12, .84, .26, .77, .5, .92,
                .88, .95)),
        List.of(curve(.22, .12, .55, 0, .8, .2, .62, .55, .2, 1), line(.2, 1, .82, 1)),
        List.of(
            curve(
                .16, .32, .34, .04, .66, .02, .8, .26, .64, .56, .3, .8, .14, .94, .5, .9, .88,
                1)));
  }

  private static List<List<Stroke>> threes() {
    return List.of(
        List.of(
            curve(.2, .12, .5, 0, .76, .15, .7, .36, .42, .47),
            curve(.42, .47, .76, .54, .82, .78, .55, 1, .18, .88)),
        List.of(
            line(.2, .02, .76, .02, .42, .4), curve(.42, .4, .74, .48, .82, .76, .52, 1, .18, .9)),
        List.of(
            curve(
                .24, .06, .6, 0, .76, .2, .62, .42, .4, .47, .66, .54, .8, .76, .6, .97, .2, .97)),
        List.of(
            curve(
                .18, .18, .44, 0, .74, .12, .66, .4, .5, .48, .74, .6, .76, .86, .45, 1, .14,
                .82)));
  }

  private static List<List<Stroke>> fours() {
    return List.of(
        List.of(line(.28, .02, .18, .55, .86, .55), line(.7, .08, .66, 1)),
        List.of(line(.68, 1, .68, 0, .14, .66, .9, .66)),
        List.of(curve(.22, .05, .17, .36, .34, .52, .74, .46), line(.78, .02, .72, 1)),
        List.of(line(.5, 0, .16, .58, .86, .52), line(.62, .3, .56, 1)));
  }

  private static List<List<Stroke>> fives() {
    return List.of(
        List.of(
            line(.78, .03, .3, .03, .26, .42),
            curve(.26, .42, .55, .35, .8, .56, .72, .88, .42, 1, .16, .9)),
        List.of(
            curve(.3, .05, .25, .44, .5, .38, .78, .58, .72, .88, .42, 1, .18, .92),
            line(.3, .05, .82, .02)),
        List.of(curve(.8, .08, .44, .04, .25, .26, .5, .45, .76, .64, .64, .93, .2, .96)),
        List.of(
            line(.74, .0, .34, .06, .24, .48),
            curve(.24, .48, .5, .44, .7, .6, .68, .84, .46, .98, .2, .98)));
  }

  private static List<List<Stroke>> sixes() {
    return List.of(
        List.of(
            curve(
                .7, .02, .38, .2, .2, .58, .28, .9, .55, 1, .78, .8, .68, .57, .42, .54, .23, .74)),
        List.of(curve(.52, 0, .3, .36, .2, .76, .42, 1, .7, .9, .72, .64, .48, .55, .24, .72)),
        List.of(curve(.62, .0, .26, .4, .22, .84, .5, 1, .74, .84, .6, .62, .34, .7, .26, .86)),
        List.of(curve(.4, 0, .24, .4, .24, .8), ellipse(.49, .76, .26, .24)));
  }

  private static List<List<Stroke>> sevens() {
    return List.of(
        List.of(line(.17, .03, .82, .03, .42, 1)),
        List.of(line(.17, .05, .8, .03, .42, 1), line(.32, .5, .76, .48)),
        List.of(line(.16, .2, .19, .04), curve(.19, .04, .5, .06, .8, .05, .56, .45, .45, 1)),
        List.of(curve(.14, .1, .44, .04, .8, .0, .7, .4, .62, 1)));
  }

  private static List<List<Stroke>> eights() {
    return List.of(
        List.of(
            curve(
                .74, .14, .46, 0, .24, .2, .5, .46, .78, .74, .52, 1, .22, .78, .5, .47, .76, .24,
                .7, .1)),
        List.of(ellipse(.5, .24, .23, .24), ellipse(.5, .74, .28, .26)),
        List.of(
            curve(
                .7, .22, .5, .02, .28, .16, .42, .42, .7, .68, .62, .96, .34, .96, .28, .7, .56,
                .46, .8, .1)),
        List.of(ellipse(.54, .22, .2, .22), ellipse(.46, .72, .24, .28)));
  }

  private static List<List<Stroke>> nines() {
    return List.of(
        List.of(
            curve(.75, .26, .55, .02, .27, .14, .25, .4, .5, .52, .74, .3),
            curve(.76, .08, .74, .5, .7, 1)),
        List.of(
            curve(
                .74, .2, .54, .02, .28, .12, .26, .4, .5, .5, .74, .26, .74, .6, .56, .92, .22,
                .96)),
        List.of(ellipse(.5, .26, .25, .25), curve(.75, .24, .7, .6, .52, 1)),
        List.of(curve(.7, .1, .4, .02, .26, .28, .46, .48, .72, .2), line(.72, .2, .66, 1)));
  }
}
