package io.headwater.local.launch;

import io.headwater.local.broker.FreePorts;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** The TCP ports of one Headwater on 127.0.0.1. */
public record Ports(int kafka, int ingest, int inference, int trainer) {

    private static final int HIGHEST = 65_535;

    /**
     * The default ports, all shifted.
     *
     * @throws IllegalArgumentException when one of them would be no port
     */
    public static Ports withOffset(int offset) {
        for (Service service : Service.values()) {
            int port = service.defaultPort() + offset;
            if (port < 1 || port > HIGHEST) {
                throw new IllegalArgumentException("--offset %d makes %d of the port of %s; ports are 1 to %d."
                        .formatted(offset, port, service.title(), HIGHEST));
            }
        }
        return new Ports(
                Service.KAFKA.defaultPort() + offset,
                Service.INGEST.defaultPort() + offset,
                Service.INFERENCE.defaultPort() + offset,
                Service.TRAINER.defaultPort() + offset);
    }

    /** Ports that nobody uses now. */
    public static Ports free() {
        List<Integer> found = FreePorts.distinct(Service.values().length);
        return new Ports(found.get(0), found.get(1), found.get(2), found.get(3));
    }

    /** The port of a service. */
    public int of(Service service) {
        return switch (service) {
            case KAFKA -> kafka;
            case INGEST -> ingest;
            case INFERENCE -> inference;
            case TRAINER -> trainer;
        };
    }

    /**
     * Fails when somebody already listens on one of them.
     *
     * @throws StartException that names each taken port and the remedy
     */
    void requireFree() {
        String taken = Arrays.stream(Service.values())
                .filter(service -> !FreePorts.isFree(of(service)))
                .map(service -> service.title() + " " + of(service))
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new StartException("Taken by another process on 127.0.0.1: port of " + taken
                    + ". Stop that process, or shift all ports: ./headwater up --offset 100");
        }
    }

    /** Where clients find the services. */
    public Addresses addresses() {
        return Addresses.onLoopback(this);
    }
}
