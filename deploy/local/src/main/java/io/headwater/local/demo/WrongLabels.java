package io.headwater.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.ModelVersion;
import io.headwater.local.launch.StartException;
import io.headwater.local.stream.Leaf;
import io.headwater.local.stream.Light;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The chapters in which something goes wrong: a batch of wrong labels, the version that learnt them, and somebody who insists
 * on it. What is told of the decisions is what the trainer-service has recorded.
 */
final class WrongLabels {

    /** Kinds that are taken for each other. */
    private static final Map<Leaf, Leaf> SWAPPED =
            Map.of(Leaf.MAPLE, Leaf.GINKGO, Leaf.GINKGO, Leaf.MAPLE, Leaf.OAK, Leaf.WILLOW, Leaf.WILLOW, Leaf.OAK);

    private static final int WRONG = 480;
    private static final int MOST_BATCHES = 5;
    private static final String WHO = "demo";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long POLL_MILLIS = 200;

    private final Pictures pictures;
    private final Training training;
    private final ControlPlane trainer;
    private final Narrator narrator;
    private final List<Leaf> kinds;

    WrongLabels(Pictures pictures, Training training, ControlPlane trainer, Narrator narrator, List<Leaf> kinds) {
        this.pictures = pictures;
        this.training = training;
        this.trainer = trainer;
        this.narrator = narrator;
        this.kinds = kinds;
    }

    void tell() throws InterruptedException {
        long good = stable(trainer.rollout().body());
        long bad = learn();
        shadow(bad);
        force(bad, good);
    }

    private long learn() throws InterruptedException {
        narrator.chapter(
                "5. A batch of wrong labels: maples come as ginkgos, oaks as willows, and the other way round.");
        change("pause", "New versions have to show first what they can do on live pictures.");
        narrator.say("The rollout is paused by hand: nothing goes live by itself. What protects goes on.");
        pictures.label(WRONG, List.copyOf(SWAPPED.keySet()), Light.DAY, SWAPPED::get);
        ModelVersion version = training.with(pictures.labels());
        narrator.say("What the gate said, whose held-out pictures have wrong labels too:");
        narrator.say("  %s", version.reason());
        return version.version();
    }

    /** Stopped without anybody having got an answer of it. */
    private void shadow(long bad) throws InterruptedException {
        change(bad + "/shadow", "It has to show on live pictures how good it is.");
        narrator.say("v%d becomes a shadow: it answers every picture, and nobody gets its answers", bad);
        for (int batch = 0; batch < MOST_BATCHES; batch++) {
            Leaves.Batch fresh = pictures.send(Pictures.FRESH, kinds, Light.DAY);
            LiveCheck.Result served = pictures.answers(fresh);
            pictures.labelLate(fresh, WHO);
            narrator.say(
                    "%d fresh pictures, %d answered rightly; their labels come late, and judge both versions",
                    served.answered(), served.right());
            if (await(now -> decidedByItself(now, bad))) {
                narrator.say("v%d was stopped. GET /rollouts says why:", bad);
                narrator.say("  %s", trainer.rollout().body().path("reason").asText());
                return;
            }
        }
        throw new StartException(
                "v" + bad + " was not stopped: GET /rollouts says what the trainer-service waits for.");
    }

    private static boolean decidedByItself(JsonNode rollout, long version) {
        return rollout.path("changedBy").asText().equals("trainer")
                && !rollout.path("trial").has("version")
                && rollout.path("reason").asText().contains("Version " + version + " ");
    }

    private void force(long bad, long good) throws InterruptedException {
        narrator.chapter("6. Somebody does not believe it, and makes v" + bad + " the one that is served.");
        Leaves.Batch fresh = pictures.send(Pictures.FRESH, kinds, Light.DAY);
        change(bad + "/promote", "It knows more labels than any other. I am sure.");
        long promoted = System.nanoTime();
        if (!await(now -> stable(now) == good)) {
            throw new StartException("v" + bad + " was not taken back; see GET /rollouts.");
        }
        narrator.say(
                "v%d was taken back by itself, %.1f s later",
                bad, (System.nanoTime() - promoted) / (double) TimeUnit.SECONDS.toNanos(1));
        LiveCheck.Result result = pictures.answers(fresh);
        int answers = result.byVersion().getOrDefault(bad, 0);
        if (answers > 0) {
            int right = result.rightByVersion().getOrDefault(bad, 0);
            narrator.say("meanwhile it answered %d pictures, %d of them rightly", answers, right);
            pictures.board().add(bad, answers + " pictures, until it was taken back", (double) right / answers);
        }
        pictures.measure(kinds, Light.DAY, "seven kinds by day");
        account();
    }

    /** Who did what, and why, the earliest first. */
    private void account() throws InterruptedException {
        narrator.say("The account, as GET /rollouts/history has it:");
        List<JsonNode> history = new ArrayList<>();
        trainer.rolloutHistory(5).body().forEach(history::add);
        Collections.reverse(history);
        history.forEach(one -> narrator.say(
                "  %3d  %-7s  %s",
                one.path("generation").asLong(),
                one.path("changedBy").asText(),
                one.path("reason").asText()));
    }

    private static long stable(JsonNode rollout) {
        return rollout.path("stable").asLong();
    }

    private void change(String path, String why) throws InterruptedException {
        var answer = trainer.changeRollout(path, "*", WHO, why);
        if (!answer.isOk()) {
            throw new StartException("The trainer-service refused " + path + ": " + answer.detail());
        }
    }

    /** Whether the rollout became so in time. */
    private boolean await(Predicate<JsonNode> condition) throws InterruptedException {
        long began = System.nanoTime();
        while (System.nanoTime() - began < PATIENCE.toNanos()) {
            var rollout = trainer.rollout();
            if (rollout.isOk() && condition.test(rollout.body())) {
                return true;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return false;
    }
}
