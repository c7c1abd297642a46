package io.headwater.local.demo;

import io.headwater.local.client.Prediction;
import io.headwater.local.client.PredictionReader;
import io.headwater.local.launch.StartException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Compares the predictions that come out of Kafka with what was really on the pictures. */
final class LiveCheck implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long TELL_NANOS = Duration.ofSeconds(2).toNanos();

    private final PredictionReader reader;
    private final Narrator narrator;
    // Predictions that came before anybody asked for them.
    private final Map<String, Prediction> early = new HashMap<>();

    LiveCheck(PredictionReader reader, Narrator narrator) {
        this.reader = reader;
        this.narrator = narrator;
    }

    /**
     * How the answers to a batch were.
     *
     * @param unanswered those that came while there was no version
     * @param byVersion answers of each version
     * @param rightByVersion those of them that were right
     * @param rightByKind right answers to each kind
     */
    record Result(
            int answered,
            int right,
            int unanswered,
            Map<Long, Integer> byVersion,
            Map<Long, Integer> rightByVersion,
            Map<String, Integer> rightByKind) {

        double accuracy() {
            return answered == 0 ? 0 : (double) right / answered;
        }

        /** The version that gave the most answers. */
        Optional<Long> version() {
            return byVersion.entrySet().stream()
                    .max(Map.Entry.comparingByValue())
                    .map(Map.Entry::getKey);
        }
    }

    /** Waits for the prediction of each picture of the batch. */
    Result of(Leaves.Batch batch) throws InterruptedException {
        int right = 0;
        int answered = 0;
        int seen = 0;
        Map<Long, Integer> versions = new TreeMap<>();
        Map<Long, Integer> rightVersions = new TreeMap<>();
        Map<String, Integer> kinds = new TreeMap<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        long told = System.nanoTime();
        while (seen < batch.size()) {
            batch.check();
            reader.poll(POLL).forEach(prediction -> early.put(prediction.image(), prediction));
            for (var truth : batch.truth().entrySet()) {
                Prediction prediction = early.remove(truth.getKey());
                if (prediction == null) {
                    continue;
                }
                seen++;
                if (prediction.answer().isPresent()) {
                    answered++;
                    Prediction.Answered answer = prediction.answer().get();
                    versions.merge(answer.version(), 1, Integer::sum);
                    if (answer.label().equals(truth.getValue())) {
                        right++;
                        rightVersions.merge(answer.version(), 1, Integer::sum);
                        kinds.merge(truth.getValue(), 1, Integer::sum);
                    }
                }
            }
            if (System.nanoTime() > deadline) {
                batch.await();
                throw new StartException("Only %d of %d predictions came within %d s; see the inference-service's log."
                        .formatted(seen, batch.size(), PATIENCE.toSeconds()));
            }
            if (System.nanoTime() - told > TELL_NANOS && answered > 0) {
                told = System.nanoTime();
                narrator.say("  %3d of %d answered, %d right", seen, batch.size(), right);
            }
        }
        batch.await();
        return new Result(
                answered, right, seen - answered, Map.copyOf(versions), Map.copyOf(rightVersions), Map.copyOf(kinds));
    }

    @Override
    public void close() {
        reader.close();
    }
}
