package io.headwater.inference.stream;

/** What is promised about the results of an image, whatever crashes. */
public enum Delivery {
    /**
     * A read-committed reader sees the results of each image once: they and the consumed offsets are one Kafka
     * transaction, and a forgotten twin of this instance is shut out.
     */
    EXACTLY_ONCE,
    /**
     * Results are acknowledged before the offsets are committed. After a crash, a rebalance or a failed commit, images
     * since the last commit are predicted again, and a twin that is taken for dead may predict beside this instance.
     */
    AT_LEAST_ONCE
}
