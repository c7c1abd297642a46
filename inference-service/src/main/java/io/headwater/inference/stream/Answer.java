package io.headwater.inference.stream;

import io.headwater.events.ScoredLabel;
import io.headwater.events.ShadowAnswer;
import io.headwater.inference.model.Head;
import io.headwater.inference.model.Scores;
import java.util.ArrayList;
import java.util.List;

/** From the probabilities of a head to the labels that an event carries. */
final class Answer {
    private static final int MOST = 5;

    private Answer() {}

    /** The most probable labels, best first, at most five; of equal ones the earlier label first. */
    static List<ScoredLabel> top(List<String> labels, float[] probabilities) {
        int count = Math.min(MOST, labels.size());
        List<ScoredLabel> top = new ArrayList<>(count);
        boolean[] taken = new boolean[probabilities.length];
        for (int place = 0; place < count; place++) {
            int best = -1;
            for (int i = 0; i < probabilities.length; i++) {
                if (!taken[i] && (best < 0 || probabilities[i] > probabilities[best])) {
                    best = i;
                }
            }
            taken[best] = true;
            top.add(new ScoredLabel(labels.get(best), probabilities[best]));
        }
        return top;
    }

    /** What each shadow would have said, but for one that has no answer. */
    static List<ShadowAnswer> shadows(List<Head> shadows, Scores scores) {
        List<ShadowAnswer> answers = new ArrayList<>(shadows.size());
        for (Head head : shadows) {
            if (!scores.isAnswer(head.version())) {
                continue;
            }
            int best = scores.best(head.version());
            answers.add(new ShadowAnswer(
                    head.version(), head.labels().get(best), scores.probability(head.version(), best)));
        }
        return answers;
    }
}
