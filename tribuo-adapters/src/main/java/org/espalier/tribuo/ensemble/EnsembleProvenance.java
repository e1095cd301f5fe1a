package org.espalier.tribuo.ensemble;

import com.oracle.labs.mlrg.olcut.provenance.Provenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.LongProvenance;
import com.oracle.labs.mlrg.olcut.provenance.primitives.StringProvenance;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What the provenance of an ensemble tells among its instance values. */
public final class EnsembleProvenance {

  /** Key of what the budget counts, a {@link BudgetUnit}. */
  public static final String BUDGET_UNIT = "budget-unit";

  /** Key of the count of one dense network. */
  public static final String DENSE_COUNT = "dense-count";

  /** Key of the count of all members together. */
  public static final String KEPT_COUNT = "kept-count";

  /** Key of how members were selected, the properties of a {@link MemberSelection}. */
  public static final String SELECTION = "member-selection";

  /** Key of the data that decided. */
  public static final String VALIDATION_DATA = "validation-data";

  /** Key of how often each member of the ensemble before counts in this one; 0 = left out. */
  public static final String MEMBER_COUNTS = "member-counts";

  private EnsembleProvenance() {}

  static Map<String, Provenance> selection(
      MemberSelection selection, Provenance validationData, int[] counts) {
    Map<String, Provenance> values = new TreeMap<>();
    values.put(SELECTION, selection.getProvenance());
    values.put(VALIDATION_DATA, validationData);
    values.put(MEMBER_COUNTS, new StringProvenance(MEMBER_COUNTS, Arrays.toString(counts)));
    return values;
  }

  static Map<String, Provenance> budget(BudgetUnit unit, long dense, long kept) {
    Map<String, Provenance> values = new TreeMap<>();
    values.put(BUDGET_UNIT, new StringProvenance(BUDGET_UNIT, unit.name()));
    values.put(DENSE_COUNT, new LongProvenance(DENSE_COUNT, dense));
    values.put(KEPT_COUNT, new LongProvenance(KEPT_COUNT, kept));
    return values;
  }
}
