package io.headwater.inference.rollout;

import java.util.List;

/** A thread that counts one version. */
public final class Counting {
    private final VersionTally tally;

    private Counting(VersionTally tally) {
        this.tally = tally;
    }

    public static Counting of(VersionTallies tallies, long generation, long version) {
        return new Counting(tallies.open(new VersionTally(generation, List.of(version))));
    }

    public Counting images(int count, int failed) {
        for (int i = 0; i < count; i++) {
            tally.scored(0, i >= failed);
        }
        return this;
    }
}
