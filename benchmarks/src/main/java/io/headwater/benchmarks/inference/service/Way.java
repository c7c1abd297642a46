package io.headwater.benchmarks.inference.service;

import io.headwater.benchmarks.broker.BrokerProcess;
import io.headwater.benchmarks.broker.InferenceProcess;
import io.headwater.benchmarks.broker.Pinning;
import io.headwater.topics.ConsumerGroups;
import io.headwater.topics.TopicProvisioner;
import io.headwater.topics.TopicSpec;
import io.headwater.topics.Topics;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.MemberDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** One way to run the service that is compared with others: its copies, on topics of its own. */
final class Way implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Duration START = Duration.ofSeconds(30);

    /** So many images are in the topic at most. */
    private static final int PIECE = 5_000;

    private static final int KEPT_BYTES = 256 * 1024 * 1024;

    private final String name;
    private final Map<String, Object> kafka;
    private final Topics topics;
    private final BrokerProcess broker;
    private final ImageTopic topic;
    private final Predictions predictions;
    private final List<InferenceProcess> services = new ArrayList<>();

    /**
     * Starts the copies and waits until each has its share of the partitions.
     *
     * @param name of the way, put before its topics too
     * @param partitions of the topic, at least as many as copies
     * @param gather how long the reader of predictions waits for more
     * @param options of the copies' JVMs
     * @param warmUp images that each copy classifies at once, in the small size; the first ones of the right size come after the
     *     swap
     */
    Way(
            String name,
            BrokerProcess broker,
            ServedFiles files,
            List<byte[]> jpegs,
            int partitions,
            Duration gather,
            List<String> options,
            int warmUp,
            List<Instance> instances)
            throws IOException, InterruptedException {
        this.name = name;
        this.broker = broker;
        String prefix = name + "-";
        this.topics = new Topics(prefix, partitions, 1);
        this.kafka = Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka)) {
            TopicProvisioner.ensure(admin, topics.all(), START);
            this.topic = new ImageTopic(broker.bootstrapServers(), topics, jpegs);
            topic.publish(files.small());
            this.predictions = new Predictions(
                    broker.bootstrapServers(), topics.predictions().name(), partitions, gather);
            for (Instance instance : instances) {
                services.add(start(instance, prefix, partitions, files, options));
            }
            awaitShares(admin, ConsumerGroups.inference(prefix));
        }
        for (int images = warmUp * instances.size(); images > 0; images -= PIECE) {
            fullLoad(Math.min(images, PIECE));
        }
        topic.publish(files.rollout());
    }

    private InferenceProcess start(
            Instance instance, String prefix, int partitions, ServedFiles files, List<String> options)
            throws IOException {
        Map<String, String> settings = new HashMap<>(instance.settings());
        settings.put("kafka.bootstrap.servers", broker.bootstrapServers());
        settings.put("headwater.topic-prefix", prefix);
        settings.put("headwater.topics.partitions", Integer.toString(partitions));
        settings.put("headwater.artifacts", files.directory().toString());
        List<String> cores = instance.cores().isEmpty() ? List.of() : Pinning.prefix(instance.cores());
        return new InferenceProcess(cores, options, settings);
    }

    private void awaitShares(Admin admin, String group) throws InterruptedException {
        long deadline = System.nanoTime() + START.toNanos();
        while (!isShared(admin, group)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the partitions are not shared evenly within " + START);
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private boolean isShared(Admin admin, String group) throws InterruptedException {
        try {
            List<Integer> shares =
                    admin.describeConsumerGroups(List.of(group)).all().get().get(group).members().stream()
                            .map(Way::partitions)
                            .sorted()
                            .toList();
            return shares.size() == services.size()
                    && shares.get(0) >= 1
                    && shares.get(shares.size() - 1) - shares.get(0) <= 1;
        } catch (ExecutionException e) {
            throw new IllegalStateException("the consumer group can't be seen", e.getCause());
        }
    }

    private static int partitions(MemberDescription member) {
        return member.assignment().topicPartitions().size();
    }

    String name() {
        return name;
    }

    /** Its copies of the service. */
    List<InferenceProcess> services() {
        return services;
    }

    ImageTopic topic() {
        return topic;
    }

    Predictions predictions() {
        return predictions;
    }

    /** Full load: fills the topic while the copies stand still, and times them from there to the last prediction. */
    Throughput fullLoad(int images) throws IOException, InterruptedException {
        for (InferenceProcess service : services) {
            service.suspend();
        }
        long cpu = cpuNanos();
        try {
            topic.fill(images);
        } finally {
            for (InferenceProcess service : services) {
                service.resume();
            }
        }
        long brokerCpu = broker.cpuNanos();
        long ownCpu = ownCpuNanos();
        long start = System.nanoTime();
        predictions.await(topic.next(), PATIENCE);
        long wall = System.nanoTime() - start;
        return Throughput.of(images, wall, cpuNanos() - cpu, broker.cpuNanos() - brokerCpu, ownCpuNanos() - ownCpu);
    }

    /** Open loop: sends so many images a second for so long, whatever becomes of them, and waits for the last one. */
    Latencies paced(double rate, Duration time) {
        Schedule schedule = new Schedule(
                topic.next(), (int) Math.max(1, rate * time.toSeconds()), rate, System.nanoTime() + 1_000_000);
        predictions.noteIn(schedule);
        for (int i = 0; i < schedule.count(); i++) {
            schedule.await(i);
            topic.send();
        }
        predictions.await(topic.next(), PATIENCE);
        return schedule.latencies();
    }

    /** Lets the broker delete what was read long ago, so that a long run does not fill the disk. */
    void keepLittle() throws InterruptedException {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        for (TopicSpec one : List.of(topics.images(), topics.predictions(), topics.embeddings())) {
            changes.put(
                    new ConfigResource(ConfigResource.Type.TOPIC, one.name()),
                    List.of(
                            set(TopicConfig.RETENTION_BYTES_CONFIG, KEPT_BYTES),
                            set(TopicConfig.SEGMENT_BYTES_CONFIG, KEPT_BYTES / 4)));
        }
        try (Admin admin = Admin.create(kafka)) {
            admin.incrementalAlterConfigs(changes).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("the topics' retention can't be set", e.getCause());
        }
    }

    private static AlterConfigOp set(String key, int value) {
        return new AlterConfigOp(new ConfigEntry(key, Integer.toString(value)), AlterConfigOp.OpType.SET);
    }

    private static long ownCpuNanos() {
        return ProcessHandle.current()
                .info()
                .totalCpuDuration()
                .orElse(Duration.ZERO)
                .toNanos();
    }

    private long cpuNanos() {
        return services.stream().mapToLong(InferenceProcess::cpuNanos).sum();
    }

    @Override
    public void close() throws IOException {
        predictions.close();
        topic.close();
        for (InferenceProcess service : services) {
            service.close();
        }
    }
}
