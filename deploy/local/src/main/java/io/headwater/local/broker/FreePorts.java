package io.headwater.local.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Finds TCP ports of 127.0.0.1 that nobody listens on.
 *
 * <p>They lie below the range that operating systems hand out to outgoing connections (32768 upwards on Linux), so that a
 * server that stops and comes back finds its port still free.
 */
public final class FreePorts {

    private static final int FIRST = 18_000;
    private static final int LAST = 32_000;
    private static final int ATTEMPTS = 500;

    private FreePorts() {}

    /** A free port. */
    public static int one() {
        return distinct(1).get(0);
    }

    /**
     * That many different free ports.
     *
     * @throws IllegalStateException when not enough free ports were found
     */
    public static List<Integer> distinct(int count) {
        List<Integer> found = new ArrayList<>();
        for (int attempt = 0; attempt < ATTEMPTS && found.size() < count; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, LAST);
            if (!found.contains(port) && isFree(port)) {
                found.add(port);
            }
        }
        if (found.size() < count) {
            throw new IllegalStateException("No free port between %d and %d on 127.0.0.1.".formatted(FIRST, LAST));
        }
        return List.copyOf(found);
    }

    /** Whether a server could listen on this port of 127.0.0.1 now. */
    public static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket()) {
            // As Kafka and the HTTP servers do: a port whose old connections are in TIME_WAIT can be listened on.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
