package io.headwater.inference.stream;

import io.headwater.topics.ConsumerGroups;
import io.headwater.topics.TopicSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsResult;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Asks Kafka how far the images have been embedded again. */
final class ReembeddingObserver implements AutoCloseable {
    private static final long TIMEOUT_SECONDS = 15;

    private final Admin admin;
    private final String predicting;
    private final List<TopicPartition> partitions;

    /**
     * @param predicting consumer group that predicts
     */
    ReembeddingObserver(Admin admin, String predicting, TopicSpec images) {
        this.admin = admin;
        this.predicting = predicting;
        this.partitions = IntStream.range(0, images.partitions())
                .mapToObj(number -> new TopicPartition(images.name(), number))
                .toList();
    }

    /** The progress of one change. */
    ReembeddingProgress progress(long change) throws InterruptedException {
        String reembedding = ConsumerGroups.reembedding(predicting, change);
        try {
            ListConsumerGroupOffsetsSpec all = new ListConsumerGroupOffsetsSpec().topicPartitions(partitions);
            ListConsumerGroupOffsetsResult groups =
                    admin.listConsumerGroupOffsets(Map.of(predicting, all, reembedding, all));
            Map<TopicPartition, ListOffsetsResult.ListOffsetsResultInfo> beginnings = admin.listOffsets(
                            partitions.stream()
                                    .collect(Collectors.toMap(Function.identity(), one -> OffsetSpec.earliest())))
                    .all()
                    .get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetAndMetadata> predicted =
                    groups.partitionsToOffsetAndMetadata(predicting).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, OffsetAndMetadata> again =
                    groups.partitionsToOffsetAndMetadata(reembedding).get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            Map<TopicPartition, ReembeddingProgress.Place> places = new HashMap<>();
            for (TopicPartition partition : partitions) {
                Optional<OffsetAndMetadata> last = Optional.ofNullable(predicted.get(partition));
                places.put(
                        partition,
                        new ReembeddingProgress.Place(
                                beginnings.get(partition).offset(),
                                offset(Optional.ofNullable(again.get(partition))),
                                offset(last),
                                last.map(OffsetAndMetadata::metadata).flatMap(BackboneMark::parse)));
            }
            return new ReembeddingProgress(change, places);
        } catch (ExecutionException | TimeoutException e) {
            throw new KafkaException("the progress of embedding images again can't be read: " + e.getMessage(), e);
        }
    }

    private static OptionalLong offset(Optional<OffsetAndMetadata> committed) {
        return committed.map(value -> OptionalLong.of(value.offset())).orElse(OptionalLong.empty());
    }

    @Override
    public void close() {
        admin.close();
    }
}
