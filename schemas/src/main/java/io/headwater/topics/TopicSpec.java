package io.headwater.topics;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What a topic must be.
 *
 * @param name full name, prefix included
 * @param key what the record key is, for people
 * @param value schema of the record value; empty where the bytes are whatever came (dead letters)
 * @param partitions number of partitions
 * @param replicationFactor number of replicas of each
 * @param cleanup how it forgets
 * @param retention how long records are kept; empty = for ever (compacted topics)
 * @param maxMessageBytes largest record batch it takes, bytes
 */
public record TopicSpec(
        String name,
        String key,
        Optional<Schema> value,
        int partitions,
        short replicationFactor,
        Cleanup cleanup,
        Optional<Duration> retention,
        int maxMessageBytes) {

    /** The topic's configuration, as Kafka names it. */
    public Map<String, String> configuration() {
        Map<String, String> configuration = new HashMap<>();
        configuration.put(TopicConfig.CLEANUP_POLICY_CONFIG, cleanup.policy());
        configuration.put(
                TopicConfig.RETENTION_MS_CONFIG,
                String.valueOf(retention.map(Duration::toMillis).orElse(-1L)));
        configuration.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, String.valueOf(maxMessageBytes));
        return Map.copyOf(configuration);
    }

    NewTopic toNewTopic() {
        return new NewTopic(name, partitions, replicationFactor).configs(configuration());
    }
}
