package io.headwater.trainer.leadership;

import java.util.Optional;

/** How this trainer stands among the trainers of its topic prefix. Thread safe. */
public interface Standing {
    /** What it does. */
    Role role();

    /** Where the leader is, as it says itself; empty when nobody is known to lead. */
    Optional<String> leader();

    /** Why it is not ready for its work; empty when it is. A sentence for people. */
    Optional<String> obstacle();
}
