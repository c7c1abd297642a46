package io.headwater.benchmarks.inference.service;

import java.util.logging.Level;
import java.util.logging.Logger;

/** Kafka's clients tell their whole configuration; only what is wrong belongs beside figures. */
final class Logs {
    private Logs() {}

    /** To be called before anything logs. */
    static void quieten() {
        System.setProperty("java.util.logging.manager", "org.jboss.logmanager.LogManager");
        Logger.getLogger("org.apache.kafka").setLevel(Level.WARNING);
    }
}
