package io.headwater.trainer.rollouts;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.Predicate;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * A controller as a process of its own, which does one thing and stands still in the middle of it, so that it can be killed
 * there.
 */
public final class ForkedController implements AutoCloseable {
    private static final String STOP = "headwater.test.stop";
    private static final String MARK = "headwater.test.mark";

    /** Where it stands still. */
    enum Stop {
        /** The versions' states are on their way, the rollout is not. */
        VERSIONS_SENT,
        /** The broker has written all of it, and does not know yet that it counts. */
        ALL_WRITTEN,
        /** It is recorded, and nobody knows but the broker. */
        RECORDED
    }

    /** What it does; each takes the rollout one step on. */
    enum Act {
        FIRST_ARRIVES(controller -> controller.arrives(1)),
        SECOND_ARRIVES(controller -> controller.arrives(2)),
        SECOND_IS_BETTER(controller -> controller.judged(2, 1, true)),
        SECOND_IS_WORSE(controller -> controller.judged(2, 1, false)),
        THIRD_IS_MADE_CANARY(controller -> controller.hand(new Move.Canary(3, 20), "I want to see it.")),
        THIRD_IS_WORSE(controller -> controller.judged(3, 1, false)),
        PAUSE(controller -> controller.hand(new Move.Pause(), "For the night.")),
        FOURTH_IS_WORSE(controller -> controller.judged(4, 1, false)),
        FIFTH_CAN_NOT_BE_LOADED(LiveController::look),
        PROBATION_ENDS(controller -> controller.later(Duration.ofHours(2)).look());

        private final Predicate<LiveController> does;

        Act(Predicate<LiveController> does) {
            this.does = does;
        }

        /** Whether anything changed. */
        boolean on(LiveController controller) {
            return does.test(controller);
        }
    }

    private final Process process;

    private ForkedController(Process process) {
        this.process = process;
    }

    /**
     * Starts it.
     *
     * @param mark file that it makes when it stands still
     */
    static ForkedController start(String bootstrapServers, String prefix, Path store, Act act, Stop stop, Path mark) {
        try {
            return new ForkedController(new ProcessBuilder(List.of(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-XX:+UseSerialGC",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            ForkedController.class.getName(),
                            bootstrapServers,
                            prefix,
                            store.toString(),
                            act.name(),
                            stop.name(),
                            mark.toString()))
                    .redirectErrorStream(true)
                    .redirectOutput(
                            mark.resolveSibling(mark.getFileName() + ".log").toFile())
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process's body. */
    public static void main(String[] args) {
        LiveController controller = new LiveController(
                Map.of("bootstrap.servers", args[0]),
                args[1],
                Path.of(args[2]),
                Map.of("interceptor.classes", Interceptor.class.getName(), STOP, args[4], MARK, args[5]));
        controller.takeOver();
        Act.valueOf(args[3]).on(controller);
        // Only for whom it was to stand still here; the others are never here.
        standStill(args[5]);
    }

    private static void standStill(String mark) {
        try {
            Files.createFile(Path.of(mark));
            new CountDownLatch(1).await();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stands still at a record of the transaction. */
    public static final class Interceptor implements ProducerInterceptor<String, byte[]> {
        private Stop stop;
        private String mark;

        @Override
        public void configure(Map<String, ?> configuration) {
            stop = Stop.valueOf(configuration.get(STOP).toString());
            mark = configuration.get(MARK).toString();
        }

        @Override
        public ProducerRecord<String, byte[]> onSend(ProducerRecord<String, byte[]> sent) {
            if (stop == Stop.VERSIONS_SENT && sent.topic().endsWith("rollouts")) {
                standStill(mark);
            }
            return sent;
        }

        @Override
        public void onAcknowledgement(RecordMetadata written, Exception failure) {
            if (stop == Stop.ALL_WRITTEN && written.topic().endsWith("rollout-history")) {
                standStill(mark);
            }
        }

        @Override
        public void close() {}
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As kill -9 does, and waits for its end. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
