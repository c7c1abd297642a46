package io.headwater.trainer.evaluation;

import io.headwater.events.Quality;
import java.util.List;

/** Quality of probabilities against the true labels, in short. */
public final class Evaluation {
    private Evaluation() {}

    /**
     * Accuracy and mean log loss. A true label that the model doesn't know is a wrong answer.
     *
     * @param probabilities {@code [N][C]}
     * @param labels C class names of the model
     * @param truth N true class names, at least one
     */
    public static Quality quality(float[][] probabilities, List<String> labels, List<String> truth) {
        return new Answers(labels, probabilities, truth).quality();
    }
}
