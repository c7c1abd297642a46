package io.headwater.inference.v2;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the synchronous door tells Prometheus. */
final class V2Metrics {
    private static final String ANSWERED = "answered";
    private static final String WRONG = "wrong";
    private static final String TURNED_AWAY = "turned-away";
    private static final String FAILED = "failed";

    private final Map<String, Timer> requests;
    private final Counter images;

    V2Metrics(MeterRegistry registry) {
        this.requests = Stream.of(ANSWERED, WRONG, TURNED_AWAY, FAILED)
                .collect(Collectors.toMap(outcome -> outcome, outcome -> Timer.builder("headwater.v2.requests")
                        .description("Requests for inference over HTTP, from the first byte to the answer")
                        .tag("outcome", outcome)
                        .register(registry)));
        this.images = Counter.builder("headwater.v2.images")
                .description("Images answered over HTTP")
                .register(registry);
    }

    void answered(int count, long nanos) {
        images.increment(count);
        requests.get(ANSWERED).record(nanos, TimeUnit.NANOSECONDS);
    }

    void refused(int status, long nanos) {
        String outcome = status < 500 ? WRONG : status == 503 ? TURNED_AWAY : FAILED;
        requests.get(outcome).record(nanos, TimeUnit.NANOSECONDS);
    }
}
