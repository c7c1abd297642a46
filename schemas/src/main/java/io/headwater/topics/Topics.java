package io.headwater.topics;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageEmbedded;
import io.headwater.events.ImageIngested;
import io.headwater.events.ImageLabelled;
import io.headwater.events.InstanceReported;
import io.headwater.events.LabelledExample;
import io.headwater.events.ModelPublished;
import io.headwater.events.PredictionJudged;
import io.headwater.events.QualityMeasured;
import io.headwater.events.RolloutChanged;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;

/**
 * All topics of Headwater: the one place for names, keys, values, partitions, cleanup and retention.
 *
 * <p>{@code images}, {@code labels}, {@code embeddings}, {@code predictions}, {@code examples} and {@code judgements} have the same key (the
 * image id) and the same number of partitions, so whatever belongs to an image is on the same partition number
 * everywhere and joins need no repartitioning.
 */
public final class Topics {
    /** The key of the only record that counts in {@link #rollouts()}. */
    public static final String ROLLOUT_KEY = "rollout";

    private static final Duration WEEK = Duration.ofDays(7);
    private static final Duration MONTH = Duration.ofDays(30);
    private static final int MIB = 1024 * 1024;
    private static final String IMAGE_ID = "image id";

    private final String prefix;
    private final int partitions;
    private final short replicationFactor;

    /**
     * @param prefix put before every name, may be empty
     * @param partitions of each topic whose key is the image id, at least 1
     * @param replicationFactor of every topic, at least 1
     */
    public Topics(String prefix, int partitions, int replicationFactor) {
        if (!prefix.matches("[a-zA-Z0-9._-]{0,100}")) {
            throw new IllegalArgumentException("headwater.topic-prefix is '" + prefix
                    + "', but Kafka allows only letters, digits, '.', '_' and '-' in a topic name");
        }
        if (partitions < 1 || partitions > 10_000) {
            throw new IllegalArgumentException(
                    "headwater.topics.partitions is " + partitions + ", but must be from 1 to 10000");
        }
        if (replicationFactor < 1 || replicationFactor > 100) {
            throw new IllegalArgumentException(
                    "headwater.topics.replication-factor is " + replicationFactor + ", but must be from 1 to 100");
        }
        this.prefix = prefix;
        this.partitions = partitions;
        this.replicationFactor = (short) replicationFactor;
    }

    /** Accepted images, normalised. */
    public TopicSpec images() {
        return stream("images", ImageIngested.getClassSchema(), Cleanup.DELETE, Optional.of(WEEK), 4 * MIB);
    }

    /** Labels; a tombstone takes one back. */
    public TopicSpec labels() {
        return stream("labels", ImageLabelled.getClassSchema(), Cleanup.COMPACT, Optional.empty(), MIB);
    }

    /** What the backbone makes of each image. */
    public TopicSpec embeddings() {
        return stream(
                "embeddings", ImageEmbedded.getClassSchema(), Cleanup.COMPACT_AND_DELETE, Optional.of(WEEK), 4 * MIB);
    }

    /** One prediction for each accepted image. */
    public TopicSpec predictions() {
        return stream("predictions", ImageClassified.getClassSchema(), Cleanup.DELETE, Optional.of(WEEK), 4 * MIB);
    }

    /** Labelled embeddings of the very first backbone: the training set. */
    public TopicSpec examples() {
        return examples(0);
    }

    /**
     * Labelled embeddings of one backbone: the training set. Each change of the backbone has a topic of its own, so that the
     * examples of two are never mixed, and those of the old one are still there when the change is given up.
     *
     * @param change of the backbone; 0 for the very first
     */
    public TopicSpec examples(long change) {
        String name = change == 0 ? "examples" : "examples-" + change;
        return stream(name, LabelledExample.getClassSchema(), Cleanup.COMPACT, Optional.empty(), 4 * MIB);
    }

    /** Predictions beside the labels that came later: what live quality is computed from. */
    public TopicSpec judgements() {
        return stream("judgements", PredictionJudged.getClassSchema(), Cleanup.COMPACT, Optional.empty(), MIB);
    }

    /** Live quality of each version, counted from {@link #judgements()}. */
    public TopicSpec quality() {
        return control(
                "quality", "version, decimal", QualityMeasured.getClassSchema(), Cleanup.COMPACT, Optional.empty());
    }

    /** The record of each model version. */
    public TopicSpec models() {
        return control(
                "models", "version, decimal", ModelPublished.getClassSchema(), Cleanup.COMPACT, Optional.empty());
    }

    /** What the data plane has to serve. */
    public TopicSpec rollouts() {
        return control(
                "rollouts",
                "'" + ROLLOUT_KEY + "'",
                RolloutChanged.getClassSchema(),
                Cleanup.COMPACT,
                Optional.empty());
    }

    /**
     * What each instance of the inference-service serves and refuses; a tombstone when it stops. Those that die without a
     * word and never come back under their name are forgotten after a week.
     */
    public TopicSpec instances() {
        return control(
                "instances",
                "instance id",
                InstanceReported.getClassSchema(),
                Cleanup.COMPACT_AND_DELETE,
                Optional.of(WEEK));
    }

    /** Every decision that {@link #rollouts()} ever held: there only the last one stays. */
    public TopicSpec rolloutHistory() {
        return control(
                "rollout-history",
                "generation, decimal",
                RolloutChanged.getClassSchema(),
                Cleanup.COMPACT,
                Optional.empty());
    }

    /** Where the records of a topic go that could not be processed: bytes untouched, the reason in headers. */
    public TopicSpec deadLetters(TopicSpec of) {
        return new TopicSpec(
                of.name() + ".dlt",
                of.key(),
                Optional.empty(),
                1,
                replicationFactor,
                Cleanup.DELETE,
                Optional.of(MONTH),
                // Headers with the reason and the origin come on top of the original.
                of.maxMessageBytes() + MIB);
    }

    /** Which dead letters were put back, and when: so that none is put back twice by mistake. It outlives them. */
    public TopicSpec replays() {
        return new TopicSpec(
                prefix + "replays",
                "dead letter: topic/partition/offset",
                Optional.empty(),
                1,
                replicationFactor,
                Cleanup.DELETE,
                Optional.of(MONTH),
                MIB);
    }

    /** Every topic, dead letters included. */
    public List<TopicSpec> all() {
        return List.of(
                images(),
                labels(),
                embeddings(),
                predictions(),
                examples(),
                judgements(),
                quality(),
                models(),
                rollouts(),
                instances(),
                replays(),
                rolloutHistory(),
                deadLetters(images()),
                deadLetters(labels()),
                deadLetters(embeddings()),
                deadLetters(predictions()));
    }

    private TopicSpec stream(
            String name, Schema value, Cleanup cleanup, Optional<Duration> retention, int maxMessageBytes) {
        return new TopicSpec(
                prefix + name,
                IMAGE_ID,
                Optional.of(value),
                partitions,
                replicationFactor,
                cleanup,
                retention,
                maxMessageBytes);
    }

    // One partition: decisions have one order.
    private TopicSpec control(String name, String key, Schema value, Cleanup cleanup, Optional<Duration> retention) {
        return new TopicSpec(prefix + name, key, Optional.of(value), 1, replicationFactor, cleanup, retention, 4 * MIB);
    }
}
