package io.headwater.trainer.control;

import io.headwater.events.Backbone;
import io.headwater.topics.ConsumerGroups;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Looks how far the images that were there when it first looked are embedded with the next backbone. A version that has
 * learnt from some of them must not be compared: which those are is no accident, they are the oldest.
 */
final class ReembeddingWatch {
    private static final long TIMEOUT_SECONDS = 15;
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Map<String, Object> kafka;
    private final String predicting;

    private Optional<Goal> goal = Optional.empty();
    private Optional<String> obstacle = Optional.empty();
    private long lookedAt;

    /** What has to be embedded again: for each partition all before this offset. */
    private record Goal(long change, Map<TopicPartition, Long> offsets) {}

    /**
     * @param kafka client configuration
     * @param prefix of topics and groups
     */
    ReembeddingWatch(Map<String, Object> kafka, String prefix) {
        this.kafka = Map.copyOf(kafka);
        this.predicting = ConsumerGroups.inference(prefix);
    }

    /** Why it is too early to train on a backbone that is to serve next; empty when it is not. A sentence for people. */
    Optional<String> obstacle(Backbone next) throws InterruptedException {
        boolean known = goal.filter(one -> one.change() == next.getChange()).isPresent();
        if (known && (obstacle.isEmpty() || System.nanoTime() - lookedAt < LOOK_NANOS)) {
            return obstacle;
        }
        try (Admin admin = Admin.create(kafka)) {
            if (!known) {
                goal = Optional.of(new Goal(next.getChange(), offsets(admin, predicting)));
            }
            obstacle = look(admin, goal.orElseThrow(), next);
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            obstacle =
                    Optional.of("How far the images are embedded with the next backbone is unknown: " + e.getMessage());
        }
        lookedAt = System.nanoTime();
        return obstacle;
    }

    private Optional<String> look(Admin admin, Goal wanted, Backbone next)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetSpec> earliest = new HashMap<>();
        wanted.offsets().keySet().forEach(partition -> earliest.put(partition, OffsetSpec.earliest()));
        Map<TopicPartition, ListOffsetsResultInfo> beginnings =
                admin.listOffsets(earliest).all().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> done = offsets(admin, ConsumerGroups.reembedding(predicting, next.getChange()));
        long remaining = wanted.offsets().entrySet().stream()
                .mapToLong(entry -> entry.getValue()
                        - Math.max(beginnings.get(entry.getKey()).offset(), done.getOrDefault(entry.getKey(), 0L)))
                .filter(count -> count > 0)
                .sum();
        return remaining == 0
                ? Optional.empty()
                : Optional.of("The backbone is being changed to " + BackboneChanges.text(next) + ": " + remaining
                        + " images have yet to be embedded with it.");
    }

    private static Map<TopicPartition, Long> offsets(Admin admin, String group)
            throws ExecutionException, TimeoutException, InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        Map<TopicPartition, Long> offsets = new HashMap<>();
        committed.forEach((partition, offset) -> {
            if (offset != null) {
                offsets.put(partition, offset.offset());
            }
        });
        return offsets;
    }
}
