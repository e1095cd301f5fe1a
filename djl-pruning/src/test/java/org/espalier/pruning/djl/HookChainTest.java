package org.espalier.pruning.djl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class HookChainTest {

  private final List<String> log = new ArrayList<>();

  private TrainingHooks logging(String name) {
    return (TrainingHooks)
        Proxy.newProxyInstance(
            TrainingHooks.class.getClassLoader(),
            new Class<?>[] {TrainingHooks.class},
            (proxy, method, arguments) -> log.add(name + " " + method.getName()) ? null : null);
  }

  /** Found by reflection, so that a hook that is added later is not forgotten in the chain. */
  @Test
  void everyHookOfTheFirstComesBeforeThatOfTheNext() throws Exception {
    TrainingHooks chain = new HookChain(logging("first"), logging("next"));
    List<Method> hooks =
        Arrays.stream(TrainingHooks.class.getMethods())
            .filter(method -> method.getReturnType() == void.class)
            .toList();
    assertTrue(hooks.size() >= 10, "hooks: " + hooks);
    for (Method hook : hooks) {
      log.clear();
      hook.invoke(chain, (Object) null);
      assertEquals(List.of("first " + hook.getName(), "next " + hook.getName()), log);
    }
  }

  @Test
  void andThenChains() {
    TrainingHooks first = new TrainingHooks() {};
    TrainingHooks next = new TrainingHooks() {};
    assertEquals(new HookChain(first, next), first.andThen(next));
  }
}
