package io.headwater.local.demo;

import io.headwater.local.stream.Leaf;
import io.headwater.local.stream.Light;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The pictures of the story: they are sent, labelled and compared with what comes back, and that is told. */
final class Pictures {

    /** Pictures that each measurement takes. */
    static final int FRESH = 168;

    private final Leaves leaves;
    private final LiveCheck live;
    private final Narrator narrator;
    private final Scoreboard board = new Scoreboard();
    private int labels;

    Pictures(Leaves leaves, LiveCheck live, Narrator narrator) {
        this.leaves = leaves;
        this.live = live;
        this.narrator = narrator;
    }

    /** What was measured. */
    Scoreboard board() {
        return board;
    }

    /** Labels that were given. */
    int labels() {
        return labels;
    }

    /** Sends pictures with their labels. */
    void label(int count, List<Leaf> kinds, Light light) throws InterruptedException {
        label(count, kinds, light, Function.identity());
    }

    /**
     * Sends pictures with labels.
     *
     * @param said what a picture of a kind is labelled as
     */
    void label(int count, List<Leaf> kinds, Light light, Function<Leaf, Leaf> said) throws InterruptedException {
        long began = System.nanoTime();
        // Their predictions are not counted: these pictures are learnt from.
        leaves.send(count, kinds, light, kind -> Optional.of(said.apply(kind))).await();
        labels += count;
        narrator.say(
                "%d labelled pictures sent, %.0f a second",
                count, count * 1e9 / Math.max(1, System.nanoTime() - began));
    }

    /** Sends pictures without a label, and waits for the answers. */
    LiveCheck.Result check(int count, List<Leaf> kinds, Light light) throws InterruptedException {
        return live.of(send(count, kinds, light));
    }

    /** Begins to send pictures without a label. */
    Leaves.Batch send(int count, List<Leaf> kinds, Light light) {
        return leaves.send(count, kinds, light, kind -> Optional.empty());
    }

    /** Waits for the answers. */
    LiveCheck.Result answers(Leaves.Batch batch) throws InterruptedException {
        return live.of(batch);
    }

    /** Pictures that were sent without a label are labelled late, as what they are. */
    void labelLate(Leaves.Batch batch, String annotator) throws InterruptedException {
        leaves.label(batch, annotator);
        labels += batch.size();
    }

    /** Sends fresh pictures, and tells how the answers to them are. */
    LiveCheck.Result measure(List<Leaf> kinds, Light light, String on) throws InterruptedException {
        long began = System.nanoTime();
        LiveCheck.Result result = check(FRESH, kinds, light);
        board.add(result, on);
        narrator.say(
                "live accuracy of v%d, %s: %.3f (%d of %d fresh pictures, %.0f a second)",
                result.version().orElse(0L),
                on,
                result.accuracy(),
                result.right(),
                result.answered(),
                result.answered() * 1e9 / Math.max(1, System.nanoTime() - began));
        return result;
    }
}
