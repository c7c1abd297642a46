package io.headwater.inference.deadletters;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Gathers what is put back, and writes it in short transactions: as long as one is open, whoever reads those partitions of
 * {@code images} waits. All instances have one transactional id, so that no two put back at the same time.
 */
final class Outbox implements AutoCloseable {
    private static final int MANY = 100;
    private static final long MANY_BYTES = 16L * 1024 * 1024;
    private static final int SECONDS = 1000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final List<ProducerRecord<byte[], byte[]>> gathered = new ArrayList<>();
    private long bytes;
    private int letters;
    private int committed;

    /** Shuts out another instance that is putting back. */
    Outbox(Map<String, Object> kafka, String transactionalId) {
        Map<String, Object> configuration = new HashMap<>(kafka);
        configuration.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, transactionalId);
        configuration.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, 15 * SECONDS);
        configuration.put(ProducerConfig.ACKS_CONFIG, "all");
        configuration.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5 * SECONDS);
        configuration.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 10 * SECONDS);
        configuration.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 10 * SECONDS);
        configuration.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 6 * 1024 * 1024);
        this.producer = new KafkaProducer<>(configuration, new ByteArraySerializer(), new ByteArraySerializer());
        boolean open = false;
        try {
            producer.initTransactions();
            open = true;
        } finally {
            if (!open) {
                close();
            }
        }
    }

    /** A letter that goes back, and the mark that it did: both or neither. */
    void add(ProducerRecord<byte[], byte[]> letter, ProducerRecord<byte[], byte[]> mark) {
        gathered.add(letter);
        gathered.add(mark);
        letters++;
        bytes += letter.value() == null ? 0 : letter.value().length;
        if (letters - committed >= MANY || bytes >= MANY_BYTES) {
            commit();
        }
    }

    /** Returns when all in-sync replicas have what was added. */
    @SuppressWarnings("FutureReturnValueIgnored") // commitTransaction tells
    void commit() {
        if (gathered.isEmpty()) {
            return;
        }
        producer.beginTransaction();
        gathered.forEach(producer::send);
        producer.commitTransaction();
        gathered.clear();
        bytes = 0;
        committed = letters;
    }

    /** Letters that are certainly back. */
    int committed() {
        return committed;
    }

    /** Gives up what is not committed. */
    @Override
    public void close() {
        // An open transaction is aborted by that where it can be, and else by its timeout.
        producer.close(Duration.ofSeconds(2));
    }
}
