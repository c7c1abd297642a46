package io.headwater.ingest.intake;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.regex.Pattern;

/** What a request is for, as far as its limits depend on it; told before REST looks for a resource, and as REST does. */
enum Target {
    /** Many items, read as they come. */
    BATCH,
    /** The label of one image, a few words. */
    LABEL,
    /** Anything else. */
    OTHER;

    private static final Pattern MATRIX_PARAMETERS = Pattern.compile(";[^/]*");
    private static final Pattern SLASHES = Pattern.compile("/+");
    private static final Pattern BATCH_PATH = Pattern.compile("/[a-z]+:batch/?");
    private static final Pattern LABEL_PATH = Pattern.compile("/images/[^/]+/label/?");

    static Target of(RoutingContext context) {
        return of(context.request().method(), context.normalizedPath());
    }

    /**
     * The same.
     *
     * @param path without dots, as Vert.x leaves it; REST knows no {@code %3Abatch} either
     */
    static Target of(HttpMethod method, String path) {
        String plain =
                SLASHES.matcher(MATRIX_PARAMETERS.matcher(path).replaceAll("")).replaceAll("/");
        if (BATCH_PATH.matcher(plain).matches()) {
            return BATCH;
        }
        return method.equals(HttpMethod.PUT) && LABEL_PATH.matcher(plain).matches() ? LABEL : OTHER;
    }
}
