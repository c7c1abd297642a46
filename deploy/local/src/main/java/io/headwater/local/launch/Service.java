package io.headwater.local.launch;

/** One of the processes that make up Headwater on one machine. */
public enum Service {
    /** The broker: all data flow through it. */
    KAFKA("kafka", "Kafka", 9092),
    /** The front door: images and labels over REST. */
    INGEST("ingest-service", "ingest", 8080),
    /** The data plane: embeds and classifies. */
    INFERENCE("inference-service", "inference", 8081),
    /** The control plane: trains, keeps the registry of versions and decides what is served. */
    TRAINER("trainer-service", "trainer", 8082);

    private final String directory;
    private final String title;
    private final int defaultPort;

    Service(String directory, String title, int defaultPort) {
        this.directory = directory;
        this.title = title;
        this.defaultPort = defaultPort;
    }

    /** Name of the module, of the log file and of the pid file. */
    public String directory() {
        return directory;
    }

    /** Short name for people. */
    public String title() {
        return title;
    }

    /** Port without an offset. */
    public int defaultPort() {
        return defaultPort;
    }
}
