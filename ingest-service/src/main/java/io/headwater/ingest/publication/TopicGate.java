package io.headwater.ingest.publication;

import io.headwater.config.StreamConfig;
import io.headwater.topics.IncompatibleTopicException;
import io.headwater.topics.TopicProvisioner;
import io.headwater.topics.TopicUnavailableException;
import io.headwater.topics.Topics;
import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Makes sure of the topics at start, and is closed until then. Asks Kafka in the background for as long as it takes, so
 * the service can be started before its broker; a topic that is not as it must be stops the service.
 *
 * <p>Nothing is published through a closed gate: a broker that creates topics on its own would make them with the wrong
 * partitions and cleanup.
 */
@ApplicationScoped
public class TopicGate {
    private static final Logger LOG = Logger.getLogger(TopicGate.class);
    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final Duration PROBE = Duration.ofSeconds(2);
    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Topics topics;
    private final Map<String, Object> kafka;
    private final Runnable onIncompatible;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile Admin admin;
    private volatile boolean open;

    @Inject
    TopicGate(StreamConfig stream, @Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this(stream.toTopics(), kafka, () -> Quarkus.asyncExit(1));
    }

    TopicGate(Topics topics, Map<String, Object> kafka, Runnable onIncompatible) {
        this.topics = topics;
        this.onIncompatible = onIncompatible;
        this.kafka = new HashMap<>(kafka);
        this.kafka.put(AdminClientConfig.CLIENT_ID_CONFIG, "ingest-admin");
    }

    void start(@Observes StartupEvent event) {
        Thread thread = new Thread(this::provision, "topic-gate");
        thread.setDaemon(true);
        thread.start();
    }

    void stop(@Observes ShutdownEvent event) {
        stopped.countDown();
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** Whether the topics were there, as they must be, since the start. */
    public boolean isOpen() {
        return open;
    }

    /** Asks Kafka now, two seconds at most. */
    boolean brokerAnswers() {
        Admin client = admin;
        if (client == null) {
            return false;
        }
        try {
            client.describeCluster().clusterId().get(PROBE.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void provision() {
        boolean told = false;
        do {
            try {
                if (admin == null) {
                    admin = Admin.create(kafka);
                }
                TopicProvisioner.ensure(admin, topics.all(), ANSWER);
                open = true;
                LOG.infof(
                        "topics ready images=%s labels=%s",
                        topics.images().name(), topics.labels().name());
                return;
            } catch (IncompatibleTopicException e) {
                LOG.fatalf("stopping: %s", e.getMessage());
                onIncompatible.run();
                return;
            } catch (TopicUnavailableException | KafkaException e) {
                if (!told) {
                    LOG.warnf(
                            "waiting for Kafka kafka.bootstrap.servers=%s reason=%s",
                            kafka.get(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG), e.getMessage());
                    told = true;
                }
            }
        } while (!stopsWithin(PAUSE));
    }

    private boolean stopsWithin(Duration pause) {
        try {
            return stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
