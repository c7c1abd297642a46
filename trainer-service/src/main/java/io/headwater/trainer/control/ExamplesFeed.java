package io.headwater.trainer.control;

import io.headwater.events.Backbone;
import io.headwater.trainer.examples.ExamplesStream;
import io.headwater.trainer.examples.LabelBacklog;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Keeps the examples streams at work, one for each backbone that counts at the moment. */
final class ExamplesFeed implements AutoCloseable {
    private final TrainerSettings settings;
    private volatile List<Running> running = List.of();

    /** A stream; of that which is trained on the backlog is shown. */
    private record Running(Backbone backbone, boolean trained, ExamplesStream stream) {
        boolean is(Backbone other, boolean trainedNow) {
            return trained == trainedNow
                    && backbone.getId().equals(other.getId())
                    && backbone.getChange() == other.getChange();
        }
    }

    ExamplesFeed(TrainerSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts what has to run and stops what hasn't. While the backbone is being changed both get their examples: the old one
     * for versions on it to be compared with, and to go on with when the change is given up. One thread calls it.
     *
     * @param present the backbone that serves
     * @param next the one that is to take its place, which is then trained on
     */
    void follow(Backbone present, Optional<Backbone> next) {
        List<Running> now = new ArrayList<>();
        for (Running one : running) {
            boolean wanted = one.is(present, next.isEmpty())
                    || next.filter(backbone -> one.is(backbone, true)).isPresent();
            if (wanted) {
                now.add(one);
            } else {
                one.stream().close();
            }
        }
        running = List.copyOf(now);
        require(present, next.isEmpty());
        next.ifPresent(backbone -> require(backbone, true));
    }

    private void require(Backbone backbone, boolean trained) {
        if (running.stream().anyMatch(one -> one.is(backbone, trained))) {
            return;
        }
        LabelBacklog backlog = trained ? settings.backlog() : new LabelBacklog();
        ExamplesStream stream = new ExamplesStream(settings.examples(), backbone, backlog);
        List<Running> now = new ArrayList<>(running);
        now.add(new Running(backbone, trained, stream));
        running = List.copyOf(now);
        stream.start();
    }

    /** Why no examples come; empty when they do. A sentence for people. */
    Optional<String> obstacle() {
        List<Running> all = running;
        if (all.isEmpty()) {
            return Optional.of("No backbone has been announced yet.");
        }
        return all.stream()
                .map(Running::stream)
                .filter(stream -> !stream.isRunning())
                .findFirst()
                .map(stream -> "The examples stream is in state " + stream.state() + ".");
    }

    @Override
    public void close() {
        running.forEach(one -> one.stream().close());
        running = List.of();
    }
}
