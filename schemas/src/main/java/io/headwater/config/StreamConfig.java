package io.headwater.config;

import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.util.Optional;

/** What every service must know alike about the stream. */
@ConfigMapping(prefix = "headwater")
public interface StreamConfig {
    /** Put before the name of every topic, consumer group and transactional id; empty by default. */
    Optional<String> topicPrefix();

    /**
     * Address of a schema registry (Apicurio's API, http://localhost:8085/apis/registry/v3): events are then written in
     * the Confluent wire format. Without one, in Avro single-object encoding.
     */
    Optional<URI> schemaRegistry();

    /** How missing topics are created. */
    TopicsConfig topics();

    /** The topics, named and sized by this configuration. */
    default Topics toTopics() {
        return new Topics(topicPrefix().orElse(""), topics().partitions(), topics().replicationFactor());
    }

    /** The format that this configuration chooses. */
    default EventFormat toFormat() {
        return schemaRegistry().map(EventFormat::registry).orElseGet(EventFormat::singleObject);
    }

    /** How missing topics are created. */
    interface TopicsConfig {
        /** Partitions of each topic whose key is the image id. */
        @WithDefault("4")
        int partitions();

        /** Replicas of each topic. */
        @WithDefault("1")
        int replicationFactor();
    }
}
