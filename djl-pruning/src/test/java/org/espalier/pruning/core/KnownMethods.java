package org.espalier.pruning.core;

/** Methods of the literature, each as a recipe that the reader takes. */
final class KnownMethods {

  /** Name and recipe of each. */
  static final String[][] RECIPES = {
    {
      "gradual magnitude pruning (Zhu & Gupta 2017)",
      "{schedule: {type: cubic, target: 0.9, begin: 0, end: 5000, every: 100}}"
    },
    {
      "SNIP (Lee et al. 2019)",
      "{criterion: snip, allocation: global, schedule: {type: one-shot, target: 0.95}}"
    },
    {
      "iterative SNIP (de Jorge et al. 2021)",
      "{criterion: snip, allocation: global, rounds: 60, batches: 10,"
          + " schedule: {type: one-shot, target: 0.99}}"
    },
    {
      "FORCE (de Jorge et al. 2021)",
      "{criterion: snip, allocation: global, lifecycle: reselect, rounds: 60, batches: 10,"
          + " schedule: {type: one-shot, target: 0.99}}"
    },
    {
      "GraSP (Wang et al. 2020)",
      "{criterion: grasp, allocation: global, schedule: {type: one-shot, target: 0.95}}"
    },
    {
      "SynFlow (Tanaka et al. 2020)",
      "{criterion: synflow, allocation: global, rounds: 100,"
          + " schedule: {type: one-shot, target: 0.98}}"
    },
    {
      "random pruning with smart ratios (Su et al. 2020)",
      "{criterion: random, allocation: smart-ratios, schedule: {type: one-shot, target: 0.9}}"
    },
    {
      "LAMP (Lee et al. 2021)",
      "{criterion: lamp, allocation: global, schedule: {type: one-shot, target: 0.9}}"
    },
    {
      "filters by L1 norm (Li et al. 2017)",
      "{pattern: channel, criterion: magnitude, schedule: {type: one-shot, target: 0.3}}"
    },
    {
      "network slimming, as a mask (Liu et al. 2017)",
      "{pattern: channel, criterion: bn-scale, allocation: global,"
          + " schedule: {type: one-shot, target: 0.5}}"
    },
    {
      "Taylor importance of filters (Molchanov et al. 2019)",
      "{pattern: channel, aggregate: squared-sum, criterion: {type: taylor, form: signed},"
          + " allocation: global, batches: 10, schedule: {type: one-shot, target: 0.3}}"
    },
    {
      "2:4 for sparse tensor cores (Mishra et al. 2021)",
      "{pattern: '2:4', schedule: {type: one-shot, target: 0.5}}"
    },
    {
      "Wanda (Sun et al. 2024): per output row",
      "{pattern: 'balanced:1', criterion: wanda, schedule: {type: one-shot, target: 0.5}}"
    },
    {
      "Optimal Brain Surgeon on the empirical Fisher matrix (Hassibi & Stork 1993)",
      "{criterion: obs, compensation: obs, schedule: {type: one-shot, target: 0.5}}"
    },
    {
      "movement pruning, hard (Sanh et al. 2020)",
      "{criterion: movement, allocation: global,"
          + " schedule: {type: cubic, target: 0.9, begin: 500, end: 4000, every: 100}}"
    },
    {
      "threshold of quality x standard deviation (Han et al. 2015)",
      "{criterion: std-magnitude, allocation: {type: threshold, value: 0.8},"
          + " schedule: {type: one-shot, target: 0.95}}"
    },
    {
      "lprune (Prechelt 1997)",
      "{criterion: prechelt, allocation: threshold,"
          + " schedule: {type: lprune, limit: 0.95, unit: epoch, begin: 1}}"
    },
    {
      "SET (Mocanu et al. 2018)",
      "{allocation: er, lifecycle: set," + " schedule: {type: constant, target: 0.9, unit: epoch}}"
    },
    {
      "RigL (Evci et al. 2020)",
      "{allocation: erk, lifecycle: rigl,"
          + " schedule: {type: constant, target: 0.9, every: 100, end: 7500}}"
    },
    {
      "sparse momentum, SNFS (Dettmers & Zettlemoyer 2019)",
      "{lifecycle: snfs, schedule: {type: constant, target: 0.95, unit: epoch, end: 100}}"
    },
    {
      "dynamic sparse reparameterization, DSR (Mostafa & Wang 2019)",
      "{lifecycle: dsr, schedule: {type: constant, target: 0.9, every: 500}}"
    },
    {
      "deep rewiring, DEEP R (Bellec et al. 2018), with Sgd without momentum",
      "{lifecycle: deep-r, update: {type: langevin, temperature: 1.0e-7},"
          + " regularizers: [{type: l1, strength: 1.0e-5}],"
          + " schedule: {type: constant, target: 0.95}}"
    },
    {
      "dynamic network surgery (Guo et al. 2016)",
      "{lifecycle: {type: hysteresis, c: 1.0}, forward: {type: straight-through, backward: 0.0},"
          + " schedule: {type: observe}}"
    },
    {
      "NeST: connections grow, then die (Dai et al. 2017)",
      "{lifecycle: nest,"
          + " schedule: {type: piecewise, points: {0: 0.95, 2000: 0.6, 8000: 0.97}, every: 100}}"
    },
    {
      "gradual pruning with regrowth, GraNet (Liu et al. 2021)",
      "{allocation: erk, lifecycle: {type: drop-grow, fraction: 0.5, start: criterion},"
          + " schedule: {type: cubic, initial: 0.5, target: 0.9, end: 5000, every: 100}}"
    },
    {
      "dense-sparse-dense, DSD (Han et al. 2017)",
      "{lifecycle: reselect, schedule: {type: alternate, target: 0.3, begin: 10, sparse: 10,"
          + " dense: 1, end: 20, last: dense, unit: epoch}}"
    },
    {
      "iterative hard thresholding (Jin et al. 2016)",
      "{lifecycle: reselect, schedule: {type: alternate, target: 0.5, sparse: 5, dense: 5,"
          + " end: 50, unit: epoch}}"
    },
    {
      "AC/DC (Peste et al. 2021)",
      "{allocation: global, lifecycle: reselect, schedule: {type: alternate, target: 0.9,"
          + " begin: 10, sparse: 5, dense: 5, end: 85, unit: epoch}}"
    },
    {
      "pattern lock: fine-tune what is sparse already (Intel Neural Compressor)",
      "{lifecycle: lock, schedule: {type: observe, end: 0}}"
    },
    {
      "network slimming, as training (Liu et al. 2017): then cut by bn-scale",
      "{groups: [{include: ['*BatchNorm_gamma'], schedule: {type: one-shot, target: 0},"
          + " regularizers: [{type: l1, strength: 1e-4}]}]}"
    },
    {
      "polarization of gammas (Zhuang et al. 2020)",
      "{groups: [{include: ['*BatchNorm_gamma'], schedule: {type: one-shot, target: 0},"
          + " regularizers: [{type: polarization, strength: 5e-5, t: 1.4}]}]}"
    },
    {
      "structured sparsity learning: group lasso over filters (Wen et al. 2016), then frozen",
      "{pattern: channel, lifecycle: lock, schedule: {type: observe, begin: 5000, end: 5000},"
          + " regularizers: [{type: group-lasso, strength: 1e-3, form: proximal}]}"
    },
    {
      "DeepHoyer (Yang et al. 2020): then cut at a threshold",
      "{criterion: std-magnitude, allocation: {type: threshold, value: 0.03},"
          + " regularizers: [{type: hoyer-square, strength: 1e-3}],"
          + " schedule: {type: one-shot, target: 0.99, at: 250, unit: epoch}}"
    },
    {
      "growing regularization of filters, then one cut (Wang et al. 2021)",
      "{pattern: channel, regularizers: [{type: growing, sparsity: 0.5}],"
          + " schedule: {type: one-shot, target: 0.5, at: 100000}}"
    },
    {
      "global sparse momentum (Ding et al. 2019), with Sgd, momentum 0.99, weight decay 5e-4",
      "{update: {type: sparse-momentum, sparsity: 0.99}, allocation: global,"
          + " schedule: {type: one-shot, target: 0.99, at: 280, unit: epoch}}"
    },
    {
      "centripetal SGD (Ding et al. 2019), as training: then Trimming",
      "{groups: [{include: ['*Conv2d_*', '*BatchNorm_*'], schedule: {type: one-shot, target: 0},"
          + " update: {type: centripetal, sparsity: 0.5}}]}"
    },
    {
      "soft filter pruning (He et al. 2018), 391 steps an epoch; hard at the end",
      "{pattern: channel, aggregate: l2, update: {type: soft-filters, sparsity: 0.3, every: 391},"
          + " schedule: {type: one-shot, target: 0.3, at: 200, unit: epoch}}"
    },
    {
      "discovering neural wirings (Wortsman et al. 2019)",
      "{lifecycle: reselect, forward: straight-through, schedule: {type: constant, target: 0.9}}"
    },
    {
      "Top-KAST (Jayakumar et al. 2020)",
      "{lifecycle: reselect, schedule: {type: constant, target: 0.9, every: 100},"
          + " forward: {type: straight-through, backward: 0.5, penalty: 0.0001}}"
    },
    {
      "movement pruning, masked in the forward pass only (Sanh et al. 2020)",
      "{criterion: movement, lifecycle: reselect,"
          + " forward: {type: straight-through, backward: 0.9},"
          + " schedule: {type: cubic, target: 0.9, begin: 100, end: 3000, every: 10}}"
    },
    {
      "STR (Kusupati et al. 2020)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch}, forward: str}"
    },
    {
      "learned threshold pruning (Azarian et al. 2020)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: learned-threshold, lambda: 0.000001}}"
    },
    {
      "continuous sparsification (Savarese et al. 2020)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: continuous, end: 10000, start: -0.03}}"
    },
    {
      "AutoPrune, its gates (Xiao et al. 2019)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: gate, backward: leaky-relu}}"
    },
    {
      "L0 regularization of inputs (Louizos et al. 2018)",
      "{pattern: input-channel, lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: l0, lambda: 0.1, examples: 60000}}"
    },
    {
      "sparse variational dropout (Molchanov et al. 2017)",
      "{lifecycle: follow, schedule: {type: observe, unit: epoch},"
          + " forward: {type: variational-dropout, examples: 60000, warmup: 6000}}"
    },
  };

  private KnownMethods() {}
}
