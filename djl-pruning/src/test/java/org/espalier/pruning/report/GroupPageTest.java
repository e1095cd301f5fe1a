package org.espalier.pruning.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.espalier.pruning.report.GroupGraph.Group;
import org.espalier.pruning.report.GroupGraph.LayerNode;
import org.junit.jupiter.api.Test;

class GroupPageTest {

  private static final List<LayerNode> LAYERS =
      List.of(
          new LayerNode("one<", 8, 6), new LayerNode("two", 4, 4), new LayerNode("three", 2, 2));

  private static Group group(List<Integer> writers, List<Integer> readers, String reason) {
    return new Group(8, 6, writers, readers, reason);
  }

  /** Rows 0-1, 1-2 and 2: the second meets the first in row 1, the third only the second. */
  @Test
  void groupsThatMeetGetLanesOfTheirOwn() {
    List<Group> groups =
        List.of(
            group(List.of(0), List.of(1), ""),
            group(List.of(1), List.of(2), ""),
            group(List.of(2), List.of(), "output"));
    assertEquals(List.of(0, 1, 0), GroupDrawing.lanes(groups));
  }

  @Test
  void pageShowsEveryLayerAndReason() {
    GroupGraph graph =
        new GroupGraph(
            LAYERS,
            List.of(
                group(List.of(0), List.of(1), ""),
                group(List.of(2), List.of(), "they are the output")));
    String page = GroupPage.text("a & b", "lede", graph);
    assertTrue(page.contains("<h1>a &amp; b</h1>"));
    assertTrue(page.contains(">one&lt;</text>"));
    assertTrue(page.contains(">6/8</text>"));
    assertTrue(page.contains("<td class=\"figure\">they are the output</td>"));
    assertEquals(3, page.split("<circle").length - 1);
    assertEquals(2, page.split("<path d=\"M").length - 1);
  }

  @Test
  void aGroupTouchesLayersThatThereAre() {
    List<Group> beyond = List.of(group(List.of(0), List.of(3), ""));
    assertThrows(IllegalArgumentException.class, () -> new GroupGraph(LAYERS, beyond));
  }
}
