package io.headwater.topics;

/** The consumer groups whose progress others look at. */
public final class ConsumerGroups {
    private ConsumerGroups() {}

    /**
     * Reads {@code images} and gives each its prediction.
     *
     * @param prefix {@code headwater.topic-prefix}
     */
    public static String inference(String prefix) {
        return prefix + "headwater-inference";
    }

    /**
     * Reads {@code images} and embeds each again, with the backbone that a change brings.
     *
     * @param inference the group that predicts
     * @param change of the backbone, see Backbone in RolloutChanged
     */
    public static String reembedding(String inference, long change) {
        return inference + "-reembedding-" + change;
    }
}
