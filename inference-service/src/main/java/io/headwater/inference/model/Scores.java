package io.headwater.inference.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What every head in play says of one embedding. Immutable. */
public final class Scores {
    private final List<Place> places;
    private final float[] numbers;
    private final Optional<String> failure;

    Scores(List<Place> places, float[] numbers, Optional<String> failure) {
        this.places = places;
        this.numbers = numbers;
        this.failure = failure;
    }

    /** Why ONNX Runtime failed on a head, if it did. */
    public Optional<String> failure() {
        return failure;
    }

    /**
     * Where a head's probabilities are.
     *
     * @param from index of the first
     */
    record Place(Head head, int from) {
        int classes() {
            return head.labels().size();
        }
    }

    /**
     * The probability of each label of a version, in their order.
     *
     * @throws IllegalArgumentException if it is not in play
     */
    public float[] probabilities(long version) {
        Place place = place(version);
        return Arrays.copyOfRange(numbers, place.from(), place.from() + place.classes());
    }

    /**
     * Index of the most probable label of a version; of equal ones the first.
     *
     * @throws IllegalArgumentException if it is not in play
     */
    public int best(long version) {
        Place place = place(version);
        int best = 0;
        for (int i = 1; i < place.classes(); i++) {
            best = numbers[place.from() + i] > numbers[place.from() + best] ? i : best;
        }
        return best;
    }

    /**
     * The probability of one label of a version.
     *
     * @throws IllegalArgumentException if it is not in play
     */
    public float probability(long version, int label) {
        Place place = place(version);
        return numbers[place.from() + Objects.checkIndex(label, place.classes())];
    }

    /** How many heads there are. */
    public int size() {
        return places.size();
    }

    /** Whether the head in a place, of {@link Heads#heads}, has given probabilities. */
    public boolean isAnswerIn(int place) {
        return isAnswer(places.get(place));
    }

    /**
     * Whether a version has given probabilities: it may have failed on this one embedding.
     *
     * @throws IllegalArgumentException if it is not in play
     */
    public boolean isAnswer(long version) {
        return isAnswer(place(version));
    }

    private boolean isAnswer(Place place) {
        for (int i = place.from(); i < place.from() + place.classes(); i++) {
            // Not so for what is no number.
            if (!(numbers[i] >= 0 && numbers[i] <= 1 + Probe.TOLERANCE)) {
                return false;
            }
        }
        return true;
    }

    private Place place(long version) {
        for (Place place : places) {
            if (place.head().version() == version) {
                return place;
            }
        }
        throw new IllegalArgumentException("version " + version + " is not in play");
    }
}
