package io.headwater.trainer.training;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** How long each phase of a training took. */
final class Phases {
    private final Map<String, Long> millis = new LinkedHashMap<>();

    /** Does the work, and adds its time to the phase. */
    <T> T time(String phase, Supplier<T> work) {
        long start = System.nanoTime();
        T result = work.get();
        millis.merge(phase, (System.nanoTime() - start) / 1_000_000, Long::sum);
        return result;
    }

    Map<String, Long> millis() {
        return millis;
    }
}
