package io.headwater.deadletter;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records that could not be processed: bytes and headers untouched, with the reason and the origin in headers. */
public final class DeadLetters {
    /** Header: why it could not be processed, UTF-8, at most 1024 characters. */
    public static final String REASON = "headwater-reason";
    /** Header: the topic it came from. */
    public static final String ORIGIN_TOPIC = "headwater-origin-topic";
    /** Header: the partition it came from, decimal. */
    public static final String ORIGIN_PARTITION = "headwater-origin-partition";
    /** Header: the offset it had there, decimal. */
    public static final String ORIGIN_OFFSET = "headwater-origin-offset";
    /**
     * Header: a replay that the record has behind it, one header for each, oldest first:
     * {@code request=UUID at=INSTANT letter=PARTITION/OFFSET reason=WHY IT DIED BEFORE}.
     */
    public static final String REPLAY = "headwater-replay";

    private static final int LONGEST_REASON = 1024;

    private DeadLetters() {}

    /**
     * The dead letter of a record.
     *
     * @param topic the dead-letter topic
     * @param origin the record; its key, value and headers (the trace among them) are kept as they are
     * @param reason a sentence for people
     */
    public static ProducerRecord<byte[], byte[]> of(
            String topic, ConsumerRecord<byte[], byte[]> origin, String reason) {
        Headers headers = new RecordHeaders(origin.headers());
        put(headers, REASON, reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason);
        put(headers, ORIGIN_TOPIC, origin.topic());
        put(headers, ORIGIN_PARTITION, Integer.toString(origin.partition()));
        put(headers, ORIGIN_OFFSET, Long.toString(origin.offset()));
        return new ProducerRecord<>(topic, null, null, origin.key(), origin.value(), headers);
    }

    // A letter that died before and was replayed tells of its last death only.
    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
