package io.headwater.inference.predictions;

import jakarta.ws.rs.sse.Sse;
import jakarta.ws.rs.sse.SseEventSink;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** A listener by server-sent events. */
final class SseSink implements Sink {
    private final SseEventSink connection;
    private final Sse events;
    private final Function<Prediction, String> toJson;

    SseSink(SseEventSink connection, Sse events, Function<Prediction, String> toJson) {
        this.connection = connection;
        this.events = events;
        this.toJson = toJson;
    }

    @Override
    public CompletionStage<?> prediction(String id, Prediction prediction) {
        return send(id, "prediction", toJson.apply(prediction));
    }

    @Override
    public CompletionStage<?> lost(String id, long count) {
        return send(id, "lost", "{\"count\":" + count + "}");
    }

    private CompletionStage<?> send(String id, String name, String data) {
        return connection.send(
                events.newEventBuilder().id(id).name(name).data(data).build());
    }

    @Override
    public CompletionStage<?> heartbeat() {
        return connection.send(events.newEventBuilder().comment("still here").build());
    }

    @Override
    public boolean isClosed() {
        return connection.isClosed();
    }

    @Override
    public void close() {
        connection.close();
    }
}
