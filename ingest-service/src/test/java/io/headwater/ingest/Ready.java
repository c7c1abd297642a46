package io.headwater.ingest;

import static io.restassured.RestAssured.given;

import java.time.Duration;
import org.awaitility.Awaitility;

/** Waits for a service that is just starting. */
public final class Ready {
    private Ready() {}

    /** Returns when the service under test says that it is ready. */
    public static void await() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> given().get("/q/health/ready").statusCode() == 200);
    }
}
