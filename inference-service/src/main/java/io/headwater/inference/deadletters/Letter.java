package io.headwater.inference.deadletters;

import io.headwater.deadletter.DeadLetters;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/**
 * What a dead letter says of itself, without its bytes.
 *
 * @param partition of the dead-letter topic
 * @param offset there
 * @param failedAt when it was put there
 * @param reason why
 * @param imageId its key as text; empty where it had none
 * @param origin where it came from; empty where its headers don't say
 * @param size of its value, bytes
 * @param history the replays that it has behind it, oldest first
 * @param replayed whether it was put back since, and by which request
 */
record Letter(
        int partition,
        long offset,
        Instant failedAt,
        String reason,
        Optional<String> imageId,
        Optional<Origin> origin,
        int size,
        List<Replay> history,
        Optional<Replay> replayed) {

    /**
     * Where a record was before it died.
     *
     * @param topic its name, prefix included
     * @param partition there
     * @param offset there
     */
    record Origin(String topic, int partition, long offset) {}

    static Letter of(ConsumerRecord<byte[], byte[]> entry, Replays replays) {
        LetterId id = new LetterId(entry.partition(), entry.offset());
        return new Letter(
                entry.partition(),
                entry.offset(),
                Instant.ofEpochMilli(entry.timestamp()),
                text(entry, DeadLetters.REASON).orElse(""),
                Optional.ofNullable(entry.key()).map(key -> new String(key, StandardCharsets.UTF_8)),
                origin(entry),
                Math.max(0, entry.serializedValueSize()),
                history(entry),
                replays.of(id));
    }

    LetterId id() {
        return new LetterId(partition, offset);
    }

    private static Optional<Origin> origin(ConsumerRecord<byte[], byte[]> entry) {
        Optional<String> topic = text(entry, DeadLetters.ORIGIN_TOPIC);
        Optional<String> partition =
                text(entry, DeadLetters.ORIGIN_PARTITION).filter(digits -> digits.matches("\\d{1,9}"));
        Optional<String> offset = text(entry, DeadLetters.ORIGIN_OFFSET).filter(digits -> digits.matches("\\d{1,18}"));
        return topic.isPresent() && partition.isPresent() && offset.isPresent()
                ? Optional.of(new Origin(topic.get(), Integer.parseInt(partition.get()), Long.parseLong(offset.get())))
                : Optional.empty();
    }

    private static List<Replay> history(ConsumerRecord<byte[], byte[]> entry) {
        return StreamSupport.stream(entry.headers().headers(DeadLetters.REPLAY).spliterator(), false)
                .flatMap(header -> Replay.parse(header.value()).stream())
                .toList();
    }

    private static Optional<String> text(ConsumerRecord<byte[], byte[]> entry, String header) {
        return Optional.ofNullable(entry.headers().lastHeader(header))
                .map(Header::value)
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }
}
