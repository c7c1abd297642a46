package io.headwater.trainer.evaluation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Always answering with the class that is commonest in the training part; of several the first by name. */
public final class Guessing {
    private final String commonest;

    /**
     * @param train class names of the training part, at least one
     */
    public Guessing(List<String> train) {
        Map<String, Integer> counts = new HashMap<>();
        train.forEach(label -> counts.merge(label, 1, Integer::sum));
        commonest = counts.entrySet().stream()
                .min(Map.Entry.<String, Integer>comparingByValue().reversed().thenComparing(Map.Entry.comparingByKey()))
                .orElseThrow(() -> new IllegalArgumentException("without an example no class is the commonest"))
                .getKey();
    }

    /** For each example whether that is right. */
    public boolean[] right(List<String> truth) {
        boolean[] right = new boolean[truth.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = truth.get(i).equals(commonest);
        }
        return right;
    }

    /** Share of examples on which it is right; 0 if there are none. */
    public double accuracy(List<String> truth) {
        return truth.isEmpty()
                ? 0
                : (double) truth.stream().filter(commonest::equals).count() / truth.size();
    }
}
