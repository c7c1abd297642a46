package io.headwater.trainer.quality;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** Counts the answers of one version. */
final class VersionTally {
    static final long NO_WINDOW = Long.MIN_VALUE;

    private final long version;
    private final Parts total = new Parts();
    private final Map<Long, Parts> windows = new TreeMap<>();

    VersionTally(long version) {
        this.version = version;
    }

    /**
     * @param answer position of this version's answer
     * @param window when the window begins that it belongs to, or {@link #NO_WINDOW}
     */
    void add(Judgement judgement, int answer, long window) {
        total.add(judgement, answer);
        if (window != NO_WINDOW) {
            windows.computeIfAbsent(window, begins -> new Parts()).add(judgement, answer);
        }
    }

    VersionQuality quality(Names names) {
        return new VersionQuality(
                version,
                total.all.served.figures(names),
                total.all.shadow.figures(names),
                total.sample(names),
                windows.entrySet().stream()
                        .map(window -> new VersionQuality.Window(
                                Instant.ofEpochMilli(window.getKey()),
                                window.getValue().all.served.figures(names),
                                window.getValue().all.shadow.figures(names),
                                window.getValue().sample(names)))
                        .toList());
    }

    private static final class Parts {
        private final Roles all = new Roles();
        private final Roles sample = new Roles();

        private void add(Judgement judgement, int answer) {
            all.of(answer).add(judgement, answer);
            if (judgement.isSampled()) {
                sample.of(answer).add(judgement, answer);
            }
        }

        private VersionQuality.Sample sample(Names names) {
            return new VersionQuality.Sample(sample.served.figures(names), sample.shadow.figures(names));
        }
    }

    private static final class Roles {
        private final Tally served = new Tally();
        private final Tally shadow = new Tally();

        private Tally of(int answer) {
            return answer == Judgement.SERVED ? served : shadow;
        }
    }
}
