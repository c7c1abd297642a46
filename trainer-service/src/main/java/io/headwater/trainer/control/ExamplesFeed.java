package io.headwater.trainer.control;

import io.headwater.events.Backbone;
import io.headwater.trainer.examples.ExamplesStream;
import java.util.Optional;

/** Keeps the examples stream at work for the backbone that counts at the moment. */
final class ExamplesFeed implements AutoCloseable {
    private final TrainerSettings settings;
    private volatile Optional<Running> running = Optional.empty();

    private record Running(Backbone backbone, ExamplesStream stream) {}

    ExamplesFeed(TrainerSettings settings) {
        this.settings = settings;
    }

    /** Starts the stream; if it runs for another backbone, that one is stopped first. One thread calls it. */
    void follow(Backbone backbone) {
        if (running.filter(feed -> isSame(feed.backbone(), backbone)).isPresent()) {
            return;
        }
        close();
        ExamplesStream stream = new ExamplesStream(settings.examples(), backbone, settings.backlog());
        running = Optional.of(new Running(backbone, stream));
        stream.start();
    }

    private static boolean isSame(Backbone one, Backbone other) {
        return one.getId().equals(other.getId()) && one.getChange() == other.getChange();
    }

    /** Why no examples come; empty when they do. A sentence for people. */
    Optional<String> obstacle() {
        return running.map(Running::stream)
                .map(stream -> stream.isRunning()
                        ? Optional.<String>empty()
                        : Optional.of("The examples stream is in state " + stream.state() + "."))
                .orElseGet(() -> Optional.of("No backbone has been announced yet."));
    }

    @Override
    public void close() {
        running.map(Running::stream).ifPresent(ExamplesStream::close);
        running = Optional.empty();
    }
}
