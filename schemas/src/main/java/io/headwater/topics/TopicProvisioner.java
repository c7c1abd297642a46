package io.headwater.topics;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/**
 * Brings the topics of a cluster and {@link Topics} together: creates what is missing, checks what is there, changes
 * nothing that exists. Several services may do it at the same time.
 */
public final class TopicProvisioner {
    private static final Logger LOG = Logger.getLogger(TopicProvisioner.class);

    private final Admin admin;
    private final long timeoutMillis;

    private TopicProvisioner(Admin admin, Duration timeout) {
        this.admin = admin;
        this.timeoutMillis = timeout.toMillis();
    }

    /**
     * Makes sure that all of {@code topics} exist as specified.
     *
     * @param timeout how long each question to Kafka may take
     * @throws IncompatibleTopicException if one exists with other partitions, another cleanup, or too small a message
     *     limit; those that were missing may have been created by then
     * @throws TopicUnavailableException if Kafka does not answer in time
     */
    public static void ensure(Admin admin, Collection<TopicSpec> topics, Duration timeout) {
        new TopicProvisioner(admin, timeout).ensure(topics);
    }

    private void ensure(Collection<TopicSpec> topics) {
        Set<String> created = create(topics);
        List<TopicSpec> existing =
                topics.stream().filter(topic -> !created.contains(topic.name())).toList();
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (!visible(existing)) {
            if (System.nanoTime() - deadline > 0) {
                throw new TopicUnavailableException("a topic exists but no broker can describe it", null);
            }
            pause();
        }
        Map<String, TopicDescription> descriptions = describe(existing);
        Map<String, Config> configs = configs(existing);
        for (TopicSpec topic : existing) {
            check(topic, descriptions.get(topic.name()), configs.get(topic.name()));
        }
    }

    // What another service created a moment ago is listed before every broker knows it.
    private boolean visible(List<TopicSpec> topics) {
        try {
            describe(topics);
            configs(topics);
            return true;
        } catch (TopicUnavailableException e) {
            if (e.getCause() != null && e.getCause().getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw e;
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicUnavailableException("interrupted while waiting for a new topic to be visible", e);
        }
    }

    private Set<String> create(Collection<TopicSpec> topics) {
        Set<String> present = answer("list topics", admin.listTopics().names());
        Map<String, TopicSpec> missing = topics.stream()
                .filter(topic -> !present.contains(topic.name()))
                .collect(Collectors.toMap(TopicSpec::name, topic -> topic));
        if (missing.isEmpty()) {
            return Set.of();
        }
        Map<String, KafkaFuture<Void>> results = admin.createTopics(
                        missing.values().stream().map(TopicSpec::toNewTopic).toList())
                .values();
        Set<String> created = new HashSet<>();
        results.forEach((name, result) -> {
            if (createdByUs(name, result)) {
                TopicSpec topic = missing.get(name);
                LOG.infof(
                        "topic created name=%s partitions=%d cleanup=%s retention=%s",
                        name,
                        topic.partitions(),
                        topic.cleanup().policy(),
                        topic.retention().map(Duration::toString).orElse("unlimited"));
                created.add(name);
            }
        });
        return created;
    }

    private boolean createdByUs(String name, KafkaFuture<Void> result) {
        try {
            result.get(timeoutMillis, TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException e) {
            // Another service was faster; then it is checked like any other.
            if (e.getCause() instanceof TopicExistsException) {
                return false;
            }
            throw new TopicUnavailableException("Kafka refused to create topic '" + name + "': " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new TopicUnavailableException("Kafka did not create topic '" + name + "' in time", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicUnavailableException("interrupted while creating topic '" + name + "'", e);
        }
    }

    private Map<String, TopicDescription> describe(List<TopicSpec> topics) {
        Map<String, TopicDescription> descriptions = new HashMap<>();
        admin.describeTopics(topics.stream().map(TopicSpec::name).toList())
                .topicNameValues()
                .forEach((name, description) -> descriptions.put(name, answer("describe " + name, description)));
        return descriptions;
    }

    private Map<String, Config> configs(List<TopicSpec> topics) {
        List<ConfigResource> resources = topics.stream()
                .map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic.name()))
                .toList();
        Map<String, Config> configs = new HashMap<>();
        admin.describeConfigs(resources)
                .values()
                .forEach((resource, config) ->
                        configs.put(resource.name(), answer("describe " + resource.name(), config)));
        return configs;
    }

    private static void check(TopicSpec topic, TopicDescription description, Config config) {
        int partitions = description.partitions().size();
        if (partitions != topic.partitions()) {
            throw new IncompatibleTopicException(
                    "topic '" + topic.name() + "' has " + partitions
                            + " partitions, but Headwater is configured for " + topic.partitions()
                            + "; set headwater.topics.partitions to what the topics have, or use another headwater.topic-prefix");
        }
        Set<String> cleanup = policies(value(config, TopicConfig.CLEANUP_POLICY_CONFIG));
        if (!cleanup.equals(policies(topic.cleanup().policy()))) {
            throw new IncompatibleTopicException("topic '" + topic.name() + "' has cleanup.policy="
                    + value(config, TopicConfig.CLEANUP_POLICY_CONFIG) + ", but Headwater needs "
                    + topic.cleanup().policy() + "; alter the topic, or use another headwater.topic-prefix");
        }
        long maxBytes = Long.parseLong(value(config, TopicConfig.MAX_MESSAGE_BYTES_CONFIG));
        if (maxBytes < topic.maxMessageBytes()) {
            throw new IncompatibleTopicException("topic '" + topic.name() + "' takes messages up to " + maxBytes
                    + " bytes (max.message.bytes), but Headwater needs " + topic.maxMessageBytes()
                    + "; alter the topic, or use another headwater.topic-prefix");
        }
        String retention = value(config, TopicConfig.RETENTION_MS_CONFIG);
        if (!retention.equals(topic.configuration().get(TopicConfig.RETENTION_MS_CONFIG))) {
            // Not an error: how long to keep things is the operator's to decide.
            LOG.infof(
                    "topic has a retention of its own name=%s retention.ms=%s default=%s",
                    topic.name(), retention, topic.configuration().get(TopicConfig.RETENTION_MS_CONFIG));
        }
    }

    private static String value(Config config, String key) {
        return config.get(key).value();
    }

    private static Set<String> policies(String value) {
        return Set.of(value.replace(" ", "").split(",", -1));
    }

    private <T> T answer(String question, KafkaFuture<T> future) {
        try {
            return future.get(timeoutMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new TopicUnavailableException("Kafka could not " + question + ": " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new TopicUnavailableException("Kafka did not answer in time (" + question + ")", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TopicUnavailableException("interrupted (" + question + ")", e);
        }
    }
}
