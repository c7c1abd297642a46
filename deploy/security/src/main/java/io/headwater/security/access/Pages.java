package io.headwater.security.access;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps web pages from elsewhere out: a browser on this machine, or in this network, sends what any page tells it to. What
 * does not come from a browser has none of the headers that are looked at but Host.
 *
 * @param corsIsOn whether Quarkus' own filter says which origins may, and refuses the others; of a request without one it says
 *     nothing
 * @param ownMachineOnly whether nobody is asked who he is, so that a name that a stranger gives to 127.0.0.1 (DNS rebinding) must
 *     not do
 * @param configuredHost where the service listens, good as a name of this machine then
 */
record Pages(boolean corsIsOn, boolean ownMachineOnly, String configuredHost) implements Handler<RoutingContext> {
    private static final Pattern LOOPBACK =
            Pattern.compile("127(\\.\\d{1,3}){3}|(.+\\.)?localhost|::1|0:0:0:0:0:0:0:1");

    /** Names that containers have for the machine they run on. */
    private static final Set<String> OF_CONTAINERS = Set.of("host.docker.internal", "host.testcontainers.internal");

    /**
     * What a browser, or another client, says of where a request comes from and goes to. What it doesn't say is empty.
     *
     * @param authority the host, and the port unless it is the scheme's own, that it believes to talk to
     * @param origin of the page
     * @param site how the page is related to this service (Sec-Fetch-Site); no page can set it
     * @param isVisit whether somebody follows a link to here, of which the page learns nothing
     */
    record Source(String authority, String origin, String site, boolean isVisit) {}

    @Override
    public void handle(RoutingContext context) {
        Optional<Refusal> refusal = objection(source(context.request()));
        if (refusal.isPresent()) {
            refusal.get().send(context);
        } else {
            context.next();
        }
    }

    /** Why a request from there is not let in; empty if it may be. */
    Optional<Refusal> objection(Source source) {
        if (ownMachineOnly && !source.authority().isEmpty() && !isOwnMachine(host(source.authority()))) {
            return Optional.of(Refusal.FOREIGN_HOST);
        }
        return isFromElsewhere(source) ? Optional.of(Refusal.FOREIGN_PAGE) : Optional.empty();
    }

    private boolean isFromElsewhere(Source source) {
        if (source.site().equals("same-origin")) {
            return false;
        }
        if (!source.origin().isEmpty()) {
            return !corsIsOn && !isOwn(source.origin(), source.authority());
        }
        return source.site().equals("cross-site") && !source.isVisit();
    }

    /** Whatever the scheme: behind a proxy that ends TLS it is another one here. */
    private static boolean isOwn(String origin, String authority) {
        int scheme = origin.indexOf("://");
        return scheme > 0 && origin.substring(scheme + 3).equalsIgnoreCase(authority);
    }

    private boolean isOwnMachine(String host) {
        return LOOPBACK.matcher(host).matches()
                || OF_CONTAINERS.contains(host)
                || host.equals(plain(configuredHost.toLowerCase(Locale.ROOT)));
    }

    private static String host(String authority) {
        String plain = authority.toLowerCase(Locale.ROOT).replaceFirst(":\\d*$", "");
        return plain(plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain);
    }

    /** An IPv6 address without its brackets. */
    private static String plain(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }

    private static Source source(HttpServerRequest request) {
        boolean reads =
                request.method().name().equals("GET") || request.method().name().equals("HEAD");
        return new Source(
                authority(request),
                header(request, "Origin"),
                header(request, "Sec-Fetch-Site"),
                reads
                        && header(request, "Sec-Fetch-Mode").equals("navigate")
                        && header(request, "Sec-Fetch-Dest").equals("document"));
    }

    /** That of the request line or the Host header; the header as it is where no address can be made of it. */
    private static String authority(HttpServerRequest request) {
        HostAndPort authority = request.authority();
        if (authority == null) {
            return header(request, HttpHeaders.HOST.toString());
        }
        return authority.port() <= 0 ? authority.host() : authority.host() + ":" + authority.port();
    }

    private static String header(HttpServerRequest request, String name) {
        return Objects.requireNonNullElse(request.getHeader(name), "");
    }
}
