package io.headwater.local.broker;

/** A port that should be listened on is in use by somebody else. */
public final class PortTakenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PortTakenException(int port) {
        super("Port " + port + " on 127.0.0.1 is taken by another process.");
    }
}
