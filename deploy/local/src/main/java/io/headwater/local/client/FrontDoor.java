package io.headwater.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** The ingest-service over REST. Thread-safe. */
public final class FrontDoor {

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final Duration DEFAULT_RETRY = Duration.ofSeconds(1);
    private static final int SERVICE_UNAVAILABLE = 503;

    private final URI address;
    private final Credentials credentials;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper json = new ObjectMapper();

    /** The service at that base address. */
    public FrontDoor(URI address) {
        this(address, Credentials.NONE);
    }

    /** The service at that base address, asked by somebody. */
    public FrontDoor(URI address, Credentials credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    /**
     * Sends an image.
     *
     * @param image the bytes of a JPEG, PNG, WebP, GIF, BMP or TIFF file
     * @param contentType its media type
     * @param label what is on it, if known
     * @param key the image's id; without one it comes from the bytes
     * @throws UnreachableException when nobody answers
     */
    public Answer post(byte[] image, String contentType, Optional<String> label, Optional<String> key)
            throws InterruptedException {
        var uri = URI.create(address + "/images" + label.map(FrontDoor::query).orElse(""));
        var request = HttpRequest.newBuilder(uri)
                .timeout(TIMEOUT)
                .header("Content-Type", contentType)
                .POST(BodyPublishers.ofByteArray(image));
        key.ifPresent(id -> request.header("Idempotency-Key", id));
        return send(request);
    }

    /**
     * Says what is on an image that was sent before, or will be.
     *
     * @param image its id
     * @param annotator who says so
     * @throws UnreachableException when nobody answers
     */
    public Answer label(String image, String label, String annotator) throws InterruptedException {
        String body = json.createObjectNode()
                .put("label", label)
                .put("annotator", annotator)
                .toString();
        var request = HttpRequest.newBuilder(URI.create(address + "/images/" + encoded(image) + "/label"))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString(body));
        return send(request);
    }

    private Answer send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return answer(http.send(credentials.sign(request).build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new UnreachableException("The ingest-service", address, e);
        }
    }

    private static String query(String label) {
        return "?label=" + encoded(label);
    }

    private static String encoded(String value) {
        // A plus is a space in a form, but a plus in a URI: %20 is a space in both.
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Answer answer(HttpResponse<String> response) {
        JsonNode body = read(response.body());
        int status = response.statusCode();
        if (status / 100 == 2) {
            return new Answer.Accepted(body.path("id").asText());
        }
        if (status == SERVICE_UNAVAILABLE) {
            return new Answer.Busy(response.headers()
                    .firstValue("Retry-After")
                    .filter(value -> value.matches("\\d{1,4}"))
                    .map(value -> Duration.ofSeconds(Long.parseLong(value)))
                    .orElse(DEFAULT_RETRY));
        }
        String detail = body.path("detail").asText(body.path("title").asText(""));
        return new Answer.Refused(status, detail.isBlank() ? "HTTP status " + status : detail);
    }

    private JsonNode read(String body) {
        try {
            JsonNode tree = json.readTree(body);
            return tree == null ? json.createObjectNode() : tree;
        } catch (JsonProcessingException e) {
            return json.createObjectNode();
        }
    }
}
