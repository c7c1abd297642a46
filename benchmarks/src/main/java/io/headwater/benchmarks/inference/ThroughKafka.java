package io.headwater.benchmarks.inference;

import io.headwater.benchmarks.broker.BrokerProcess;
import io.headwater.events.Backbone;
import io.headwater.events.ImageIngested;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.inference.InferenceRuntime;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.model.Engine;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.stream.Delivery;
import io.headwater.inference.stream.Flow;
import io.headwater.inference.stream.PipelineSettings;
import io.headwater.inference.stream.Profile;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicProvisioner;
import io.headwater.topics.Topics;
import io.headwater.trainer.backbone.BackboneFile;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The real pipeline of the inference-service, on images that are in the topic beforehand. */
final class ThroughKafka implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    // Seldom: it looks on the same cores as the pipeline works.
    private static final long LOOK_NANOS = 20_000_000;
    private static final String FILE = "backbone.onnx";

    private final BrokerProcess broker;
    private final Map<String, Object> kafka;
    private final Topics topics = new Topics("", 4, 1);
    private final EventFormat format = EventFormat.singleObject();
    private final KafkaProducer<byte[], byte[]> producer;
    private final Path store;
    private final List<byte[]> jpegs;
    private final Profile profile;
    private Optional<ServedModel> stable = Optional.empty();
    private List<ServedModel> shadows = List.of();
    private long generation;
    private long images;
    private String costs = "";

    ThroughKafka(List<byte[]> jpegs, Profile profile, List<String> brokerPrefix) throws IOException {
        this.jpegs = jpegs;
        this.profile = profile;
        this.store = Files.createTempDirectory("headwater-benchmark-store-");
        this.broker = new BrokerProcess(brokerPrefix);
        this.kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka)) {
            TopicProvisioner.ensure(admin, topics.all(), Duration.ofSeconds(30));
        }
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
    }

    // With new ids: an image that was classified in an earlier round would not be classified again.
    @SuppressWarnings("FutureReturnValueIgnored") // the pipeline counts them
    private void fill(int count) {
        var serializer = format.serializer(ImageIngested.class);
        String topic = topics.images().name();
        for (int i = 0; i < count; i++) {
            ImageIngested image = ImageIngested.newBuilder()
                    .setJpeg(ByteBuffer.wrap(jpegs.get(i % jpegs.size())))
                    .setWidth(0)
                    .setHeight(0)
                    .setSha256("0".repeat(64))
                    .setSource("benchmark")
                    .setIngestedAt(Instant.now())
                    .build();
            byte[] key = ("image-" + images++).getBytes(StandardCharsets.UTF_8);
            producer.send(new ProducerRecord<>(topic, key, serializer.serialize(topic, image)));
        }
        producer.flush();
    }

    /**
     * From the next run on, linear heads with random weights are in play.
     *
     * @param shadowCount besides a stable one
     */
    void heads(BackboneFile backbone, int classes, int shadowCount) throws IOException {
        List<ServedModel> models = new ArrayList<>();
        for (long version = 1; version <= shadowCount + 1; version++) {
            byte[] onnx = RandomHeads.of(version, backbone.dimension(), classes).onnx();
            models.add(RandomHeads.put(store, version, onnx, classes));
        }
        stable = Optional.of(models.get(0));
        shadows = models.subList(1, models.size());
    }

    /**
     * Classifies so many images: from the assignment of the partitions to the commit of the last prediction.
     *
     * @param readers from the size of a picture to what reads it
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the pipeline waits for it
    Measured run(int count, BackboneFile backbone, int threads, IntFunction<PictureReader> readers) throws IOException {
        fill(count);
        generation++;
        Files.write(store.resolve(FILE), backbone.bytes());
        RolloutChanged rollout = RolloutChanged.newBuilder()
                .setGeneration(generation)
                .setBackbone(new Backbone(
                        backbone.id(),
                        backbone.name(),
                        FILE,
                        (long) backbone.bytes().length,
                        backbone.inputSize(),
                        backbone.dimension(),
                        0L))
                .setStable(stable.orElse(null))
                .setShadows(shadows)
                .setReason("benchmark")
                .setChangedBy("benchmark")
                .setChangedAt(Instant.now())
                .build();
        producer.send(new ProducerRecord<>(
                topics.rollouts().name(),
                Topics.ROLLOUT_KEY.getBytes(StandardCharsets.UTF_8),
                format.serializer(RolloutChanged.class)
                        .serialize(topics.rollouts().name(), rollout)));
        producer.flush();
        PipelineSettings settings = new PipelineSettings(
                "benchmark",
                "benchmark",
                Optional.empty(),
                Delivery.EXACTLY_ONCE,
                threads,
                Flow.of(profile, 64 * threads, 64 << 20),
                20_000,
                0.25);
        try (InferenceRuntime runtime = new InferenceRuntime(
                kafka,
                topics,
                format,
                ArtifactReader.of(store),
                settings,
                readers,
                Engine.cpu(1),
                new SimpleMeterRegistry(),
                e -> {
                    throw e;
                })) {
            runtime.start();
            await(() -> runtime.pipeline().partitions() == topics.images().partitions());
            long start = System.nanoTime();
            long cpu = Cpu.ofThisProcess();
            long brokerCpu = broker.cpuNanos();
            Costs before = Costs.now();
            await(() -> runtime.pipeline().images() >= count);
            long wall = System.nanoTime() - start;
            costs = Costs.now().since(before, count);
            return Measured.of(count, wall, Cpu.ofThisProcess() - cpu, broker.cpuNanos() - brokerCpu);
        }
    }

    /** Of the last run, per image and kind of thread. */
    String costs() {
        return costs;
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() throws IOException {
        producer.close();
        broker.close();
        RandomHeads.delete(store);
    }
}
