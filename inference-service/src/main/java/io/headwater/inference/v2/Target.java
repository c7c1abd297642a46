package io.headwater.inference.v2;

import io.headwater.inference.v2.model.Catalogue;
import io.headwater.inference.v2.protocol.ProtocolException;
import java.util.Optional;

/**
 * What a path below {@code /v2} is about.
 *
 * @param version of the model, where the path names one
 */
record Target(Kind kind, Optional<String> version) {

    enum Kind {
        SERVER("GET"),
        LIVE("GET"),
        READY("GET"),
        MODEL("GET"),
        MODEL_READY("GET"),
        INFER("POST");

        private final String method;

        Kind(String method) {
            this.method = method;
        }

        String method() {
            return method;
        }
    }

    /**
     * Understands a path.
     *
     * @throws ProtocolException with 404 if there is no such path, or no such model
     */
    static Target of(String path) throws ProtocolException {
        String[] parts = path.split("/");
        // The first part is empty, the second is v2.
        if (parts.length == 2) {
            return new Target(Kind.SERVER, Optional.empty());
        }
        if (parts.length == 4 && parts[2].equals("health")) {
            if (parts[3].equals("live")) {
                return new Target(Kind.LIVE, Optional.empty());
            }
            if (parts[3].equals("ready")) {
                return new Target(Kind.READY, Optional.empty());
            }
        }
        if (parts.length >= 4 && parts[2].equals("models")) {
            Catalogue.require(parts[3]);
            boolean versioned = parts.length >= 6 && parts[4].equals("versions");
            Optional<String> version = versioned ? Optional.of(parts[5]) : Optional.empty();
            int rest = versioned ? 6 : 4;
            if (parts.length == rest) {
                return new Target(Kind.MODEL, version);
            }
            if (parts.length == rest + 1 && parts[rest].equals("ready")) {
                return new Target(Kind.MODEL_READY, version);
            }
            if (parts.length == rest + 1 && parts[rest].equals("infer")) {
                return new Target(Kind.INFER, version);
            }
        }
        throw new ProtocolException(404, "there is nothing at " + path);
    }
}
