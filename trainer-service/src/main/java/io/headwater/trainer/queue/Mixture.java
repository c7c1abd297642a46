package io.headwater.trainer.queue;

import java.util.ArrayList;
import java.util.List;

/** Puts images that teach and images that are drawn at random into one list: a plain function. */
final class Mixture {
    private Mixture() {}

    /**
     * The two lists as one, each in its order. Of every beginning of it the share of checks is the one that was asked for,
     * to one image; when one list is at its end, the other goes on.
     */
    static List<Offer> of(List<Offer> teach, List<Offer> checks, double share, int limit) {
        List<Offer> mixed = new ArrayList<>();
        int taught = 0;
        int checked = 0;
        while (mixed.size() < limit && taught + checked < teach.size() + checks.size()) {
            boolean due = Math.floor((mixed.size() + 1) * share + 1e-9) > checked;
            if (checked < checks.size() && (due || taught == teach.size())) {
                mixed.add(checks.get(checked++));
            } else if (taught < teach.size()) {
                mixed.add(teach.get(taught++));
            } else {
                break;
            }
        }
        return mixed;
    }
}
