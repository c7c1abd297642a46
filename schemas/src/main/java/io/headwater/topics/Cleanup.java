package io.headwater.topics;

/** How a topic forgets; the values of Kafka's {@code cleanup.policy}. */
public enum Cleanup {
    /** Records older than the retention go. */
    DELETE("delete"),
    /** The last record of each key stays for ever. */
    COMPACT("compact"),
    /** The last record of each key stays until it is older than the retention. */
    COMPACT_AND_DELETE("compact,delete");

    private final String policy;

    Cleanup(String policy) {
        this.policy = policy;
    }

    /** The value of {@code cleanup.policy}. */
    public String policy() {
        return policy;
    }
}
