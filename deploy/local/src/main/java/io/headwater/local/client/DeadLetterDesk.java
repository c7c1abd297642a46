package io.headwater.local.client;

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
import java.util.Map;
import java.util.stream.Collectors;

/** The dead letters of the inference-service over REST. */
public final class DeadLetterDesk {

    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    private final URI address;
    private final Credentials credentials;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper json = new ObjectMapper();

    /** The service at that base address. */
    public DeadLetterDesk(URI address) {
        this(address, Credentials.NONE);
    }

    /** The service at that base address, asked by somebody. */
    public DeadLetterDesk(URI address, Credentials credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    /**
     * A page, the newest letter first.
     *
     * @param query what {@code GET /dead-letters} takes
     * @throws UnreachableException when nobody answers, or not with such a page
     * @throws RefusedException when the service won't do it
     */
    public JsonNode list(Map<String, String> query) throws InterruptedException {
        String parameters = query.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return answer(HttpRequest.newBuilder(URI.create(address + "/dead-letters?" + parameters)), "letters");
    }

    /**
     * Puts chosen ones back.
     *
     * @param request what {@code POST /dead-letters/replay} takes
     * @throws UnreachableException when nobody answers, or not as it should
     * @throws RefusedException when the service won't do it
     */
    public JsonNode replay(JsonNode request) throws InterruptedException {
        return answer(
                HttpRequest.newBuilder(URI.create(address + "/dead-letters/replay"))
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(request.toString())),
                "replayed");
    }

    private JsonNode answer(HttpRequest.Builder request, String expected) throws InterruptedException {
        try {
            HttpResponse<String> response =
                    http.send(credentials.sign(request).timeout(TIMEOUT).build(), BodyHandlers.ofString());
            JsonNode tree = json.readTree(response.body());
            if (response.statusCode() != 200 && tree.hasNonNull("detail")) {
                throw new RefusedException(tree.get("detail").asText());
            }
            if (response.statusCode() != 200 || !tree.path(expected).isArray()) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            return tree;
        } catch (IOException e) {
            throw new UnreachableException("The inference-service", address, e);
        }
    }
}
