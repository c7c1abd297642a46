package io.headwater.benchmarks.inference;

import io.headwater.benchmarks.broker.BrokerProcess;
import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.serde.EventFormat;
import io.headwater.topics.TopicProvisioner;
import io.headwater.topics.Topics;
import io.headwater.trainer.backbone.BackboneFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** What an inference-service needs to be ready: a broker, and a rollout with a backbone and one linear head. */
final class DoorSetting implements AutoCloseable {
    private static final int CLASSES = 10;

    private final Topics topics = new Topics("", 4, 1);
    private final Path store;
    private final BrokerProcess broker;

    DoorSetting(BackboneFile backbone, List<String> brokerPrefix) throws Exception {
        this.store = Files.createTempDirectory("headwater-benchmark-store-");
        this.broker = new BrokerProcess(brokerPrefix);
        Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(kafka)) {
            TopicProvisioner.ensure(admin, topics.all(), Duration.ofSeconds(30));
        }
        byte[] head = RandomHeads.of(1, backbone.dimension(), CLASSES).onnx();
        Files.write(store.resolve("backbone.onnx"), backbone.bytes());
        Files.write(store.resolve("head.onnx"), head);
        RolloutChanged rollout = RolloutChanged.newBuilder()
                .setGeneration(1)
                .setBackbone(new Backbone(
                        backbone.id(),
                        backbone.name(),
                        "backbone.onnx",
                        (long) backbone.bytes().length,
                        backbone.inputSize(),
                        backbone.dimension(),
                        0L))
                .setStable(
                        new ServedModel(1L, RandomHeads.labels(CLASSES), "head.onnx", sha256(head), (long) head.length))
                .setReason("benchmark")
                .setChangedBy("benchmark")
                .setChangedAt(Instant.now())
                .build();
        String topic = topics.rollouts().name();
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(
                            topic,
                            Topics.ROLLOUT_KEY.getBytes(StandardCharsets.UTF_8),
                            EventFormat.singleObject()
                                    .serializer(RolloutChanged.class)
                                    .serialize(topic, rollout)))
                    .get();
        }
    }

    /** Settings of the service. */
    Map<String, String> settings() {
        return Map.of("kafka.bootstrap.servers", broker.bootstrapServers(), "headwater.artifacts", store.toString());
    }

    private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }

    @Override
    public void close() throws IOException {
        broker.close();
        try (Stream<Path> files = Files.list(store)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(store);
    }
}
