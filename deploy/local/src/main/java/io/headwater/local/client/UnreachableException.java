package io.headwater.local.client;

import java.net.URI;

/** A service does not answer at its address. */
public final class UnreachableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreachableException(String service, URI address, Throwable cause) {
        super(
                "%s does not answer at %s. Is it running? Start it with ./headwater up.".formatted(service, address),
                cause);
    }
}
