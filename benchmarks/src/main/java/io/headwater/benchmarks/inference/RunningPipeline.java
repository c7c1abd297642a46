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
import io.headwater.inference.picture.Pixels;
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

/** The service's data plane in this process, on a broker in another one, with rollouts and images given to it while it runs. */
final class RunningPipeline implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final BrokerProcess broker;
    private final Map<String, Object> kafka;
    private final Topics topics = new Topics("", 4, 1);
    private final EventFormat format = EventFormat.singleObject();
    private final Path store = Files.createTempDirectory("headwater-benchmark-store-");
    private final KafkaProducer<byte[], byte[]> producer;
    private final InferenceRuntime runtime;
    private final List<byte[]> jpegs;
    private long generation;

    RunningPipeline(List<byte[]> jpegs, Profile profile, int threads) throws IOException {
        this(jpegs, profile, threads, Pixels::new, List.of());
    }

    /**
     * Starts.
     *
     * @param readers from the size of a picture to what reads it, one for each worker
     * @param brokerPrefix of the broker's command, such as taskset
     */
    RunningPipeline(
            List<byte[]> jpegs,
            Profile profile,
            int threads,
            IntFunction<PictureReader> readers,
            List<String> brokerPrefix)
            throws IOException {
        this.jpegs = jpegs;
        this.broker = new BrokerProcess(brokerPrefix);
        this.kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka)) {
            TopicProvisioner.ensure(admin, topics.all(), Duration.ofSeconds(30));
        }
        this.producer = new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer());
        PipelineSettings settings = new PipelineSettings(
                "benchmark",
                "benchmark",
                Optional.empty(),
                Delivery.EXACTLY_ONCE,
                threads,
                Flow.of(profile, inFlight(threads), 64 << 20),
                20_000,
                0.25);
        this.runtime = new InferenceRuntime(
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
                });
        runtime.start();
    }

    /** Most images between poll and result. */
    static int inFlight(int threads) {
        return 64 * threads;
    }

    /** Processor time of the broker. */
    long brokerCpuNanos() {
        return broker.cpuNanos();
    }

    Topics topics() {
        return topics;
    }

    Map<String, Object> kafka() {
        return kafka;
    }

    EventFormat format() {
        return format;
    }

    InferenceRuntime runtime() {
        return runtime;
    }

    /** Puts a linear head of random weights. */
    ServedModel head(long version, int dimension, int classes) throws IOException {
        return RandomHeads.put(
                store, version, RandomHeads.of(version, dimension, classes).onnx(), classes);
    }

    /** Puts a file of which a bit was changed after its hash was taken. */
    ServedModel brokenHead(long version, int dimension, int classes) throws IOException {
        byte[] onnx = RandomHeads.of(version, dimension, classes).onnx();
        ServedModel head = RandomHeads.put(store, version, onnx, classes);
        onnx[onnx.length / 2] ^= 1;
        Files.write(store.resolve(head.getUri()), onnx);
        return head;
    }

    /** Puts a backbone. */
    Backbone backbone(BackboneFile file) throws IOException {
        String uri = file.id() + ".onnx";
        Files.write(store.resolve(uri), file.bytes());
        return new Backbone(
                file.id(), file.name(), uri, (long) file.bytes().length, file.inputSize(), file.dimension(), 0L);
    }

    /** Removes a head's file. */
    void remove(ServedModel head) throws IOException {
        Files.deleteIfExists(store.resolve(head.getUri()));
    }

    /** Decides, and does not wait. Returns the generation. */
    @SuppressWarnings("FutureReturnValueIgnored") // seen when it is applied
    long roll(Backbone backbone, ServedModel stable, List<ServedModel> shadows) {
        generation++;
        RolloutChanged rollout = RolloutChanged.newBuilder()
                .setGeneration(generation)
                .setBackbone(backbone)
                .setStable(stable)
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
        return generation;
    }

    /** Waits until a generation is served. */
    void awaitApplied(long wanted) {
        await(() -> runtime.rollout().generation().filter(now -> now >= wanted).isPresent());
    }

    /** Waits until a generation is refused. */
    void awaitRefused(long wanted) {
        await(() -> runtime.rollout().refused().stream().anyMatch(refusal -> refusal.generation() == wanted));
    }

    /** Sends one image. */
    @SuppressWarnings("FutureReturnValueIgnored") // the pipeline counts them
    void send(long number) {
        ImageIngested image = ImageIngested.newBuilder()
                .setJpeg(ByteBuffer.wrap(jpegs.get((int) (number % jpegs.size()))))
                .setWidth(0)
                .setHeight(0)
                .setSha256("0".repeat(64))
                .setSource("benchmark")
                .setIngestedAt(Instant.now())
                .build();
        String topic = topics.images().name();
        producer.send(new ProducerRecord<>(
                topic,
                ("image-" + number).getBytes(StandardCharsets.UTF_8),
                format.serializer(ImageIngested.class).serialize(topic, image)));
    }

    /** Waits until all that was sent is in its topic. */
    void flush() {
        producer.flush();
    }

    /** Waits until so many images are committed. */
    void awaitImages(long count) {
        await(() -> runtime.pipeline().images() >= count);
    }

    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not within " + PATIENCE);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() throws IOException {
        runtime.close();
        producer.close();
        broker.close();
        RandomHeads.delete(store);
    }
}
