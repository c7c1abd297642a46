package io.headwater.ingest;

/** Takes Kafka away, and brings it back with the same data on the same port. */
public interface BrokerSwitch {
    /** Stops the broker. */
    void off();

    /** Starts it again. */
    void on();
}
