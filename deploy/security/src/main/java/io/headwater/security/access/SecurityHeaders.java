package io.headwater.security.access;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/** What every answer tells a browser: take it for nothing else than it is, and load nothing from elsewhere. */
final class SecurityHeaders {
    private static final String OWN_ONLY =
            "default-src 'self'; img-src 'self' data: blob:; object-src 'none'; base-uri 'none';"
                    + " form-action 'self'; frame-ancestors 'none'";
    /** Swagger UI has scripts and styles in its page. */
    private static final String SWAGGER_UI =
            OWN_ONLY + "; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'";

    private static final String A_YEAR = "max-age=31536000";

    private SecurityHeaders() {}

    static void add(RoutingContext context) {
        MultiMap headers = context.response().headers();
        headers.set("X-Content-Type-Options", "nosniff");
        headers.set("Referrer-Policy", "no-referrer");
        headers.set("X-Frame-Options", "DENY");
        String path = context.normalizedPath();
        headers.set("Content-Security-Policy", path.startsWith("/q/swagger-ui") ? SWAGGER_UI : OWN_ONLY);
        if (context.request().isSSL()) {
            headers.set("Strict-Transport-Security", A_YEAR);
        }
        context.next();
    }
}
