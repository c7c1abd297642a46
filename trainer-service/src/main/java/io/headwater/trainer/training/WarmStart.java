package io.headwater.trainer.training;

import java.util.List;
import java.util.Optional;

/** Makes the stable head a start for a training of perhaps other classes and another standardisation. */
final class WarmStart {
    private WarmStart() {}

    /**
     * The stable head on standardised embeddings: classes are found by their names, new ones start cold. Empty if it has
     * another shape.
     *
     * @param labels class names of the training
     * @param cold where a cold start begins
     */
    static Optional<Head> of(StartingPoint stable, List<String> labels, Head cold, Standardisation standardisation) {
        Head head = stable.head();
        int[] known = labels.stream().mapToInt(stable.labels()::indexOf).toArray();
        if (head.dimension() != cold.dimension() || !sameHidden(head, cold)) {
            return Optional.empty();
        }
        if (head.hidden().isEmpty()) {
            Layer output = standardisation.unfold(head.output());
            return Optional.of(new Head(Optional.empty(), mapped(output, cold.output(), known)));
        }
        Layer hidden = standardisation.unfold(head.hidden().get());
        return Optional.of(new Head(Optional.of(hidden), mapped(head.output(), cold.output(), known)));
    }

    private static boolean sameHidden(Head one, Head other) {
        return one.hidden().map(Layer::outputs).equals(other.hidden().map(Layer::outputs));
    }

    private static Layer mapped(Layer stable, Layer cold, int[] known) {
        float[] from = stable.weights();
        float[] fromBias = stable.bias();
        float[] weights = cold.weights();
        float[] bias = cold.bias();
        int classes = known.length;
        for (int c = 0; c < classes; c++) {
            if (known[c] >= 0) {
                bias[c] = fromBias[known[c]];
                for (int i = 0; i < stable.inputs(); i++) {
                    weights[i * classes + c] = from[i * stable.outputs() + known[c]];
                }
            }
        }
        return new Layer(stable.inputs(), weights, bias);
    }
}
