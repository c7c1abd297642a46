package io.headwater.trainer.leadership;

import java.util.Optional;

/** How this trainer stands. Thread safe. */
public interface Standing {
    /** Why it is not ready for its work; empty when it is. A sentence for people. */
    Optional<String> obstacle();
}
