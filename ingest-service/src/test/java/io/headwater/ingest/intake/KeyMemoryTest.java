package io.headwater.ingest.intake;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headwater.config.StreamConfig;
import io.headwater.ingest.BrokerResource;
import io.headwater.ingest.Ready;
import io.headwater.ingest.picture.Pictures;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.headwater.ingest.publication.TopicGate;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(BrokerResource.class)
class KeyMemoryTest {
    @Inject
    IntakeConfig config;

    @Inject
    StreamConfig stream;

    @Inject
    @Identifier("default-kafka-broker") Map<String, Object> kafka;

    @Inject
    TopicGate gate;

    @Test
    void a_service_that_starts_anew_knows_the_keys_of_the_newest_images() {
        Ready.await();
        byte[] first = Pictures.jpeg(80, 60);
        assertThat(given().body(first)
                        .contentType("image/jpeg")
                        .header("Idempotency-Key", "before-the-restart")
                        .post("/images")
                        .statusCode())
                .isEqualTo(202);
        Upload other = Upload.of(Pictures.jpeg(81, 60), "before-the-restart", null, null, null);
        KeyMemory anew = new KeyMemory(config, stream, kafka, gate);
        // Nothing is known before it has read the stream.
        assertThatCode(() -> anew.check(other)).doesNotThrowAnyException();

        anew.start(null);

        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            ProblemException reused = catchThrowableOfType(ProblemException.class, () -> anew.check(other));
            assertThat(reused).as("refused").isNotNull();
            assertThat(reused.kind()).isEqualTo(ProblemKind.KEY_REUSED);
        });
        Upload same = Upload.of(first, "before-the-restart", null, null, null);
        assertThatCode(() -> anew.claim(same)).doesNotThrowAnyException();
        anew.stop(null);
    }
}
