package io.headwater.local.demo;

import io.headwater.local.client.ControlPlane;
import io.headwater.local.client.ModelVersion;
import io.headwater.local.stream.Leaf;
import io.headwater.local.stream.Light;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What happens in the demonstration, in seven chapters. Every number in it is measured while it is told. */
final class Story {

    private static final List<Leaf> KNOWN =
            List.of(Leaf.MAPLE, Leaf.OAK, Leaf.BIRCH, Leaf.BEECH, Leaf.WILLOW, Leaf.GINKGO);
    private static final List<Leaf> ALL = List.of(Leaf.values());
    private static final long SERVED_MILLIS = 1_000;

    private final Pictures pictures;
    private final Training training;
    private final ControlPlane trainer;
    private final Narrator narrator;

    Story(Pictures pictures, Training training, ControlPlane trainer, Narrator narrator) {
        this.pictures = pictures;
        this.training = training;
        this.trainer = trainer;
        this.narrator = narrator;
    }

    void tell() throws InterruptedException {
        firstVersion();
        moreLabels();
        newKind();
        dusk();
        new WrongLabels(pictures, training, trainer, narrator, ALL).tell();
        narrator.chapter("7. What came of it. Live accuracy is on pictures that nobody had labelled.");
        pictures.board().print(trainer.models(), narrator);
    }

    private void firstVersion() throws InterruptedException {
        narrator.chapter("1. Nothing is known yet. Pictures of six kinds of leaves arrive, some with a label.");
        LiveCheck.Result nothing = pictures.check(12, KNOWN, Light.DAY);
        narrator.say(
                "%d pictures without a label: each got its prediction, and it says: no version yet",
                nothing.unanswered());
        pictures.label(60, KNOWN, Light.DAY);
        narrator.say("60 with a label. The trainer begins by itself after 50.");
        settle(training.first());
        pictures.measure(KNOWN, Light.DAY, "six kinds by day");
    }

    private void moreLabels() throws InterruptedException {
        narrator.chapter("2. That is not good enough. Somebody labels 300 more.");
        pictures.label(300, KNOWN, Light.DAY);
        settle(training.with(pictures.labels()));
        pictures.measure(KNOWN, Light.DAY, "six kinds by day");
    }

    private void newKind() throws InterruptedException {
        narrator.chapter("3. A kind that no version has seen comes with the others: rowan.");
        LiveCheck.Result before = pictures.measure(ALL, Light.DAY, "seven kinds by day");
        narrator.say(
                "of the %d rowans it got %d: it has no such answer",
                Pictures.FRESH / 7, before.rightByKind().getOrDefault("rowan", 0));
        pictures.label(60, List.of(Leaf.ROWAN), Light.DAY);
        narrator.say("60 rowans were labelled");
        settle(training.with(pictures.labels()));
        LiveCheck.Result after = pictures.measure(ALL, Light.DAY, "seven kinds by day");
        narrator.say(
                "of the %d rowans it now gets %d",
                Pictures.FRESH / 7, after.rightByKind().getOrDefault("rowan", 0));
    }

    private void dusk() throws InterruptedException {
        narrator.chapter("4. Dusk falls: the same leaves, but dark, blue and noisy.");
        pictures.measure(ALL, Light.DUSK, "seven kinds at dusk");
        narrator.say("The model is the same, the world is not. 280 pictures of the dusk are labelled.");
        pictures.label(280, ALL, Light.DUSK);
        settle(training.with(pictures.labels()));
        pictures.measure(ALL, Light.DUSK, "seven kinds at dusk");
        pictures.measure(ALL, Light.DAY, "seven kinds by day");
    }

    /** A version that was published is served a moment later; nobody restarts anything for it. */
    private void settle(ModelVersion version) throws InterruptedException {
        if (!version.isStable()) {
            narrator.say(
                    version.isCandidate()
                            ? "v%d is not served yet: too few pictures are held out to tell whether it is better"
                            : "v%d is not served: it is worse than the one that is",
                    version.version());
        }
        TimeUnit.MILLISECONDS.sleep(SERVED_MILLIS);
    }
}
