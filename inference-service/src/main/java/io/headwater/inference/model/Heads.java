package io.headwater.inference.model;

import io.headwater.inference.model.HeadForm.Graph;
import io.headwater.inference.model.Scores.Place;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * All heads that are in play on one embedding, scored together: those of the linear form are one matrix product, other shapes are
 * branches of the same graph, so that all are one call of ONNX Runtime (docs/adr/0015). A head that can't be merged, or whose
 * answers would differ from those of its own session by more than 1e-5, keeps a session of its own. Beside that each has one by
 * itself, to tell what it takes and whose fault a failure is. Thread safe.
 */
public final class Heads implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Heads.class);

    private final List<HeadGroup> groups;
    private final List<HeadGroup> single;
    private final List<Place> places;
    private final int width;

    /** Of groups, and of each of their heads, in the same order, by itself. */
    private Heads(List<HeadGroup> groups, List<HeadGroup> single) {
        this.groups = List.copyOf(groups);
        this.single = List.copyOf(single);
        List<Place> all = new ArrayList<>();
        int from = 0;
        for (HeadGroup group : groups) {
            for (Head head : group.heads()) {
                all.add(new Place(head, from));
                from += head.labels().size();
            }
        }
        this.places = List.copyOf(all);
        this.width = from;
    }

    /**
     * Puts heads together and runs them once.
     *
     * @param heads each version once; may be empty
     * @throws IllegalArgumentException if their embeddings have different lengths, or ONNX Runtime does not take one that it took
     *     before
     */
    public static Heads load(List<Head> heads) {
        if (heads.stream().map(Head::dimension).distinct().count() > 1) {
            throw new IllegalArgumentException("heads of one generation must be of one backbone");
        }
        List<HeadGroup> groups = new ArrayList<>();
        List<HeadGroup> single = new ArrayList<>();
        boolean complete = false;
        try {
            List<Head> together = new ArrayList<>();
            List<Head> alone = new ArrayList<>();
            for (Head head : heads) {
                (MergedGraph.takes(head.form()) ? together : alone).add(head);
            }
            merge(together, alone).ifPresent(groups::add);
            for (Head head : alone) {
                LOG.infof("head in a session of its own version=%d", head.version());
                groups.add(HeadGroup.alone(head));
            }
            for (HeadGroup group : groups) {
                for (Head head : group.heads()) {
                    single.add(group.heads().size() == 1 ? group : HeadGroup.alone(head));
                }
            }
            complete = true;
            return new Heads(groups, single);
        } finally {
            if (!complete) {
                close(groups, single);
            }
        }
    }

    /** Merges what can be merged; the others go to {@code alone}. */
    private static Optional<HeadGroup> merge(List<Head> together, List<Head> alone) {
        while (!together.isEmpty()) {
            List<Head> wrong;
            try {
                HeadGroup group = HeadGroup.merged(together);
                wrong = group.wrong();
                if (wrong.isEmpty()) {
                    return Optional.of(group);
                }
                group.close();
                LOG.warnf("merged heads answer differently versions=%s", HeadGroup.versions(wrong));
            } catch (IllegalArgumentException e) {
                LOG.warnf("heads can't be merged versions=%s reason=%s", HeadGroup.versions(together), e.getMessage());
                List<Head> branches = together.stream()
                        .filter(head -> head.form() instanceof Graph)
                        .toList();
                wrong = branches.isEmpty() ? List.copyOf(together) : branches;
            }
            together.removeAll(wrong);
            alone.addAll(wrong);
        }
        return Optional.empty();
    }

    /**
     * What each head says of an embedding. Where ONNX Runtime fails on several heads together, each is tried by itself, so that
     * the others answer all the same; one that fails alone has {@link Scores#isAnswer no answer}.
     *
     * @param embedding as long as the heads' dimension
     */
    public Scores score(float[] embedding) {
        float[] numbers = new float[width];
        int from = 0;
        int first = 0;
        Optional<String> failure = Optional.empty();
        for (HeadGroup group : groups) {
            try {
                group.score(embedding, numbers, from);
            } catch (IllegalArgumentException e) {
                failure = Optional.of(e.getMessage());
                scoreEach(first, group, embedding, numbers);
            }
            from += group.width();
            first += group.heads().size();
        }
        return new Scores(places, numbers, failure);
    }

    /** Scores the heads of a group one by one; what one says that fails is no number. */
    private void scoreEach(int first, HeadGroup group, float[] embedding, float[] numbers) {
        for (int i = first; i < first + group.heads().size(); i++) {
            Place place = places.get(i);
            try {
                single.get(i).score(embedding, numbers, place.from());
            } catch (IllegalArgumentException e) {
                LOG.debugf(e, "head failed version=%d", place.head().version());
                Arrays.fill(numbers, place.from(), place.from() + place.classes(), Float.NaN);
            }
        }
    }

    /**
     * How long each head takes by itself: together nobody can tell whose time it is.
     *
     * @param begin place of the head that is run first, so that not always the same one finds the caches cold
     * @param times is told the place of each head that has answered and its nanoseconds
     */
    public void time(float[] embedding, int begin, Times times) {
        float[] numbers = new float[width];
        for (int i = 0; i < places.size(); i++) {
            int place = (begin + i) % places.size();
            long start = System.nanoTime();
            try {
                single.get(place).score(embedding, numbers, places.get(place).from());
                times.took(place, System.nanoTime() - start);
            } catch (IllegalArgumentException e) {
                LOG.debugf(e, "head failed version=%d", places.get(place).head().version());
            }
        }
    }

    /** Takes times. */
    public interface Times {
        /** A head took so many nanoseconds. */
        void took(int place, long nanos);
    }

    /** The heads, each once. */
    public List<Head> heads() {
        return places.stream().map(Place::head).toList();
    }

    /** Native sessions that score an image: 1 when all are merged, 0 without heads. */
    public int sessions() {
        return groups.size();
    }

    @Override
    public void close() {
        close(groups, single);
    }

    private static void close(List<HeadGroup> groups, List<HeadGroup> single) {
        groups.forEach(HeadGroup::close);
        single.stream().filter(group -> !groups.contains(group)).forEach(HeadGroup::close);
    }
}
