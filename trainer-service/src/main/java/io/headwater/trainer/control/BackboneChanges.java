package io.headwater.trainer.control;

import io.headwater.events.Backbone;
import io.headwater.events.RolloutChanged;
import java.time.Instant;
import java.util.Optional;

/** What it means that the configuration names this backbone. Plain functions. */
final class BackboneChanges {
    private BackboneChanges() {}

    /**
     * The rollout that begins a change, gives one up, or begins another instead; empty if all is as it is wanted. What is
     * served stays.
     *
     * @param wanted whatever its {@code change} is
     * @param why a sentence about it; may be empty
     */
    static Optional<RolloutChanged> of(RolloutChanged present, Backbone wanted, String why, Instant now) {
        Optional<Backbone> next = Optional.ofNullable(present.getNextBackbone());
        if (wanted.getId().equals(present.getBackbone().getId())) {
            return next.map(given -> RolloutChanged.newBuilder(present)
                    .setGeneration(present.getGeneration() + 1)
                    .setNextBackbone(null)
                    .setReason("The change of the backbone to " + text(given) + " is given up: the configuration names "
                            + text(wanted) + " again.")
                    .setChangedBy("trainer")
                    .setChangedAt(now)
                    .build());
        }
        if (next.filter(given -> given.getId().equals(wanted.getId())).isPresent()) {
            return Optional.empty();
        }
        long generation = present.getGeneration() + 1;
        return Optional.of(RolloutChanged.newBuilder(present)
                .setGeneration(generation)
                .setNextBackbone(
                        Backbone.newBuilder(wanted).setChange(generation).build())
                .setReason("The backbone is being changed from " + text(present.getBackbone()) + " to " + text(wanted)
                        + ", which the configuration names. What is served stays until a version on it has passed the"
                        + " gate."
                        + (why.isEmpty() ? "" : " " + why))
                .setChangedBy("trainer")
                .setChangedAt(now)
                .build());
    }

    /** A backbone for people. */
    static String text(Backbone backbone) {
        return backbone.getName() + " at " + backbone.getInputSize() + " pixels";
    }
}
