package io.headwater.ingest.console;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Where a browser reaches a service: scheme, host and port, and nothing behind them.
 *
 * @param value without a slash at the end
 */
record Origin(String value) {
    private static final Set<String> SCHEMES = Set.of("http", "https");

    /**
     * Reads a configured address.
     *
     * @throws IllegalArgumentException with a sentence that names the key, the value and the remedy
     */
    static Origin parse(String key, String address) {
        try {
            URI uri = new URI(address.strip());
            boolean bare = (uri.getPath() == null
                            || uri.getPath().isEmpty()
                            || uri.getPath().equals("/"))
                    && uri.getQuery() == null
                    && uri.getFragment() == null
                    && uri.getUserInfo() == null;
            if (bare && uri.getHost() != null && uri.getScheme() != null && SCHEMES.contains(uri.getScheme())) {
                return new Origin(uri.getScheme() + "://" + uri.getAuthority());
            }
        } catch (URISyntaxException e) {
            throw refused(key, address, e);
        }
        throw refused(key, address, null);
    }

    private static IllegalArgumentException refused(String key, String address, Exception cause) {
        return new IllegalArgumentException(
                key + " is '" + address
                        + "', but must be where the browser reaches that service, scheme, host and port alone, such as"
                        + " http://127.0.0.1:8081.",
                cause);
    }
}
