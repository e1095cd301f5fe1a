package org.espalier.pruning.structured;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ZooModel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.espalier.pruning.structured.saved.ArchitectureFile;

/** Loads saved networks as a user does, and writes what they predict. */
public final class LoadInFork {

  private LoadInFork() {}

  /** Arguments: the folder, and how many networks it holds. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    for (int i = 0; i < Integer.parseInt(arguments[1]); i++) {
      Path saved = folder.resolve("" + i);
      Criteria<NDList, NDList> criteria =
          Criteria.builder().setTypes(NDList.class, NDList.class).optModelPath(saved).build();
      try (ZooModel<NDList, NDList> model = criteria.loadModel();
          NDManager manager = NDManager.newBaseManager()) {
        Shape shape =
            ArchitectureFile.read(saved.resolve("architecture.json")).inputs().get(0).shape();
        NDArray input = ForkedLoad.input(manager, shape);
        Files.write(
            folder.resolve(i + ".found"), ForkedLoad.predictions(model.getBlock(), input, manager));
      }
    }
  }
}
