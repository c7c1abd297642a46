package io.headwater.trainer.control;

import io.headwater.events.LabelledExample;
import io.headwater.events.ModelPublished;
import io.headwater.serde.EmbeddingVector;
import io.headwater.topics.TopicFollower;
import io.headwater.trainer.trainingset.EmbeddingMatrix;
import io.headwater.trainer.trainingset.LabelledRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** The embeddings of other backbones, from their examples, which are kept. */
final class RecordedEmbeddings implements OtherEmbeddings {
    private static final Logger LOG = Logger.getLogger(RecordedEmbeddings.class);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final TrainerSettings settings;

    RecordedEmbeddings(TrainerSettings settings) {
        this.settings = settings;
    }

    @Override
    public Seen of(ModelPublished version, LabelledRows images) {
        Reading reading = new Reading(version.getBackbone(), images.ids());
        String topic = settings.topics().examples(version.getBackboneChange()).name();
        try (TopicFollower<LabelledExample> follower = new TopicFollower<>(
                settings.kafka(),
                topic,
                settings.format().deserializer(LabelledExample.class),
                reading::take,
                (garbage, reason) -> LOG.debugf("record passed over topic=%s: %s", topic, reason))) {
            follower.replay(PATIENCE);
        }
        return reading.seen(images);
    }

    /** Keeps of one topic what is asked for. */
    private static final class Reading {
        private final String backbone;
        private final Map<String, Integer> wanted = new HashMap<>();
        /** From a row of what was asked for to the row of the embedding. */
        private final Map<Integer, Integer> found = new TreeMap<>();

        private Optional<EmbeddingMatrix> matrix = Optional.empty();

        Reading(String backbone, List<String> ids) {
            this.backbone = backbone;
            for (int row = 0; row < ids.size(); row++) {
                wanted.put(ids.get(row), row);
            }
        }

        void take(TopicFollower.Entry<LabelledExample> entry) {
            Integer row = wanted.get(entry.key());
            if (row == null) {
                return;
            }
            if (entry.value().isEmpty()) {
                found.remove(row);
                return;
            }
            LabelledExample example = entry.value().get();
            int dimension = EmbeddingVector.dimension(example.getVector());
            EmbeddingMatrix embeddings = matrix.orElseGet(() -> new EmbeddingMatrix(dimension));
            if (example.getBackbone().equals(backbone) && embeddings.dimension() == dimension) {
                matrix = Optional.of(embeddings);
                found.put(row, embeddings.append(example.getVector()));
            }
        }

        Seen seen(LabelledRows images) {
            int[] rows = found.keySet().stream().mapToInt(Integer::intValue).toArray();
            int[] embedded = found.values().stream().mapToInt(Integer::intValue).toArray();
            List<String> labels = new ArrayList<>();
            List<String> ids = new ArrayList<>();
            for (int row : rows) {
                labels.add(images.labels().get(row));
                ids.add(images.ids().get(row));
            }
            EmbeddingMatrix embeddings = matrix.orElseGet(() -> new EmbeddingMatrix(1));
            return new Seen(rows, new LabelledRows(embeddings.view(embedded), labels, ids));
        }
    }
}
