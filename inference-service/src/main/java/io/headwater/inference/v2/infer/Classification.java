package io.headwater.inference.v2.infer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The classification extension: the best classes as {@code value:index:label}. */
final class Classification {
    private Classification() {}

    /** The {@code count} most probable, best first; of equal ones the earlier first. */
    static List<String> best(float[] probabilities, List<String> labels, int count) {
        List<Integer> order = IntStream.range(0, probabilities.length)
                .boxed()
                .sorted(Comparator.comparing((Integer index) -> probabilities[index])
                        .reversed())
                .limit(count)
                .toList();
        List<String> texts = new ArrayList<>();
        for (int index : order) {
            texts.add(String.format(Locale.ROOT, "%f:%d:%s", probabilities[index], index, labels.get(index)));
        }
        return texts;
    }
}
