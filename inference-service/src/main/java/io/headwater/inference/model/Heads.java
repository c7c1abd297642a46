package io.headwater.inference.model;

import io.headwater.inference.model.HeadForm.Graph;
import io.headwater.inference.model.Scores.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * All heads that are in play on one embedding, scored together: those of the linear form are one matrix product, other shapes are
 * branches of the same graph, so that all are one call of ONNX Runtime (docs/adr/0015). A head that can't be merged, or whose
 * answers would differ from those of its own session by more than 1e-5, keeps a session of its own. Thread safe.
 */
public final class Heads implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(Heads.class);

    private final List<HeadGroup> groups;
    private final List<Place> places;
    private final int width;

    private Heads(List<HeadGroup> groups) {
        this.groups = List.copyOf(groups);
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
            complete = true;
            return new Heads(groups);
        } finally {
            if (!complete) {
                groups.forEach(HeadGroup::close);
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
     * What each head says of an embedding.
     *
     * @param embedding as long as the heads' dimension
     * @throws IllegalArgumentException if ONNX Runtime fails
     */
    public Scores score(float[] embedding) {
        float[] numbers = new float[width];
        int from = 0;
        for (HeadGroup group : groups) {
            group.score(embedding, numbers, from);
            from += group.width();
        }
        return new Scores(places, numbers);
    }

    /** The heads, each once. */
    public List<Head> heads() {
        return places.stream().map(Place::head).toList();
    }

    /** Native sessions that it holds: 1 when all are merged, 0 without heads. */
    public int sessions() {
        return groups.size();
    }

    @Override
    public void close() {
        groups.forEach(HeadGroup::close);
    }
}
