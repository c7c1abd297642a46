package io.headwater.e2e.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.events.ImageClassified;
import io.headwater.events.ImageIngested;
import io.headwater.local.client.ModelVersion;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** From nothing to a served, retrained model: each test goes on where the one before stopped. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class MainJobTest {
    private static final Duration PATIENCE = Duration.ofSeconds(120);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningHeadwater headwater;
    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
        headwater = RunningHeadwater.start("main-job");
    }

    @AfterAll
    static void stop() {
        headwater.close();
    }

    @Test
    @Order(1)
    void before_there_is_a_version_an_image_is_embedded_and_says_so() throws Exception {
        List<String> ids = headwater.sendAll(0, 3, false);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(headwater.ledger().predictions().keySet()).containsAll(ids));
        assertThat(headwater.ledger().predictions().get(ids.get(0)))
                .singleElement()
                .satisfies(prediction -> {
                    assertThat(prediction.getVersion()).isNull();
                    assertThat(prediction.getLabel()).isNull();
                });
        assertThat(headwater.ledger().embeddings().get(ids.get(0)))
                .singleElement()
                .satisfies(embedding ->
                        assertThat(embedding.getVector().remaining()).isEqualTo(2432 * Float.BYTES));
    }

    @Test
    @Order(2)
    void labels_alone_lead_to_a_served_version() throws Exception {
        headwater.sendAll(100, 220, true);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(headwater.controlPlane().stable()).isPresent());
        ModelVersion stable = headwater.controlPlane().stable().orElseThrow();
        assertThat(stable.labels()).containsExactlyInAnyOrder("maple", "willow", "ginkgo");
        assertThat(stable.accuracy()).isGreaterThan(0.6).isGreaterThan(stable.initialAccuracy());
    }

    @Test
    @Order(3)
    void fresh_images_are_classified_by_it_once_each_and_mostly_right() throws Exception {
        await().atMost(PATIENCE).until(() -> {
            String probe = headwater.sendAll(9_000, 9_001, false).get(0);
            await().atMost(PATIENCE)
                    .until(() -> headwater.ledger().predictions().containsKey(probe));
            return headwater.ledger().predictions().get(probe).stream().anyMatch(p -> p.getVersion() != null);
        });

        List<String> ids = headwater.sendAll(1_000, 1_060, false);

        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(headwater.ledger().predictions().keySet()).containsAll(ids));
        Map<String, List<ImageClassified>> predictions = headwater.ledger().predictions();
        assertThat(ids).allSatisfy(id -> assertThat(predictions.get(id)).hasSize(1));
        long right = ids.stream()
                .filter(id -> RunningHeadwater.leaf(RunningHeadwater.index(id))
                        .label()
                        .equals(predictions.get(id).get(0).getLabel()))
                .count();
        // Guessing gives 20 of 60.
        assertThat(right).isGreaterThan(36);
    }

    @Test
    @Order(4)
    void the_model_file_says_the_same_when_it_is_run_by_itself() throws Exception {
        String id = "picture-1000";
        ImageClassified served = headwater.ledger().predictions().get(id).get(0);
        ImageIngested image = headwater.ledger().image(id).orElseThrow();
        byte[] file = get("/models/" + served.getVersion() + "/model.onnx").body();
        JsonNode entry = JSON.readTree(get("/models/" + served.getVersion()).body());

        assertThat(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(file)))
                .isEqualTo(entry.path("sha256").asText());
        try (OrtSession session = OrtEnvironment.getEnvironment().createSession(file)) {
            Map<String, String> metadata = session.getMetadata().getCustomMetadata();
            assertThat(metadata.get("version")).isEqualTo(served.getVersion().toString());
            JsonNode labels = JSON.readTree(metadata.get("labels"));
            float[] probabilities = probabilities(session, image);
            int best = best(probabilities);
            assertThat(labels.get(best).asText()).isEqualTo(served.getLabel());
            assertThat((double) probabilities[best]).isCloseTo(served.getConfidence(), within(1e-3));
        }
    }

    @Test
    @Order(5)
    void more_labels_lead_to_the_next_version_without_a_restart() throws Exception {
        long before = headwater.controlPlane().models().size();

        headwater.sendAll(300, 420, true);

        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(headwater.controlPlane().models()).hasSizeGreaterThan((int) before));
        long newest = headwater.controlPlane().models().stream()
                .mapToLong(ModelVersion::version)
                .max()
                .orElseThrow();
        assertThat(newest).isGreaterThan(before);
    }

    @Test
    @Order(6)
    void garbage_put_straight_into_images_goes_to_the_dead_letters_and_stops_nothing() throws Exception {
        headwater.ledger().putIntoImages("rubbish", "no event".getBytes(StandardCharsets.UTF_8));
        List<String> ids = headwater.sendAll(2_000, 2_003, false);

        await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(headwater.ledger().predictions().keySet()).containsAll(ids);
            assertThat(headwater.ledger().deadImages()).isEqualTo(1);
        });
    }

    private HttpResponse<byte[]> get(String path) throws Exception {
        URI address = URI.create(headwater.addresses().trainer() + path);
        HttpResponse<byte[]> response =
                http.send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response;
    }

    // The pictures have the backbone's size, so that nothing is scaled on the way.
    private static float[] probabilities(OrtSession session, ImageIngested image) throws Exception {
        byte[] jpeg = new byte[image.getJpeg().remaining()];
        image.getJpeg().duplicate().get(jpeg);
        BufferedImage picture = ImageIO.read(new ByteArrayInputStream(jpeg));
        ByteBuffer pixels = ByteBuffer.allocateDirect(picture.getWidth() * picture.getHeight() * 3)
                .order(ByteOrder.nativeOrder());
        for (int y = 0; y < picture.getHeight(); y++) {
            for (int x = 0; x < picture.getWidth(); x++) {
                int rgb = picture.getRGB(x, y);
                pixels.put((byte) (rgb >> 16)).put((byte) (rgb >> 8)).put((byte) rgb);
            }
        }
        long[] shape = {1, picture.getHeight(), picture.getWidth(), 3};
        try (OnnxTensor input = OnnxTensor.createTensor(
                        OrtEnvironment.getEnvironment(), pixels.flip(), shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("image", input))) {
            return ((float[][]) result.get("probabilities").orElseThrow().getValue())[0];
        }
    }

    private static int best(float[] probabilities) {
        int best = 0;
        for (int i = 1; i < probabilities.length; i++) {
            if (probabilities[i] > probabilities[best]) {
                best = i;
            }
        }
        return best;
    }
}
