package io.headwater.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The trainer-service over REST. Thread-safe. */
public final class ControlPlane {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final URI address;
    private final Credentials credentials;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final ObjectMapper json = new ObjectMapper();

    /** The service at that base address. */
    public ControlPlane(URI address) {
        this(address, Credentials.NONE);
    }

    /** The service at that base address, asked by somebody. */
    public ControlPlane(URI address, Credentials credentials) {
        this.address = address;
        this.credentials = credentials;
    }

    /**
     * All versions, oldest first.
     *
     * @throws UnreachableException when nobody answers, or not with such a list
     * @throws RefusedException to whoever may not see them
     */
    public List<ModelVersion> models() throws InterruptedException {
        HttpResponse<String> response = send(HttpRequest.newBuilder(URI.create(address + "/models")));
        try {
            JsonNode tree = json.readTree(response.body());
            if (isForbidden(response.statusCode())) {
                throw new RefusedException(tree.path("detail").asText());
            }
            if (response.statusCode() != 200 || !tree.isArray()) {
                throw new IOException("HTTP status " + response.statusCode());
            }
            List<ModelVersion> models = new ArrayList<>();
            tree.forEach(node -> models.add(ModelVersion.read(node)));
            models.sort(Comparator.comparingLong(ModelVersion::version));
            return List.copyOf(models);
        } catch (IOException e) {
            throw new UnreachableException("The trainer-service", address, e);
        }
    }

    /** The version that serves, if there is one. */
    public Optional<ModelVersion> stable() throws InterruptedException {
        return models().stream().filter(ModelVersion::isStable).reduce((older, newer) -> newer);
    }

    /** Asks for a training with what is there; whether the trainer agreed. */
    public boolean train() throws InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address + "/trainings")).POST(BodyPublishers.noBody());
        return send(request).statusCode() / 100 == 2;
    }

    /** The rollout: what is served, and where the evidence stands. */
    public RolloutAnswer rollout() throws InterruptedException {
        return answer(send(HttpRequest.newBuilder(URI.create(address + "/rollouts"))));
    }

    /** The rollouts that there were, the latest first. */
    public RolloutAnswer rolloutHistory(int limit) throws InterruptedException {
        return answer(send(HttpRequest.newBuilder(URI.create(address + "/rollouts/history?limit=" + limit))));
    }

    /**
     * Changes the rollout by hand.
     *
     * @param path what is done: {@code pause}, {@code 7/promote}
     * @param ifMatch the generation that was seen, or {@code *}
     * @param by who does it
     * @param reason why
     */
    public RolloutAnswer changeRollout(String path, String ifMatch, String by, String reason)
            throws InterruptedException {
        String body =
                json.createObjectNode().put("by", by).put("reason", reason).toString();
        return answer(send(HttpRequest.newBuilder(URI.create(address + "/rollouts/" + path))
                .header("Content-Type", "application/json")
                .header("If-Match", ifMatch)
                .POST(BodyPublishers.ofString(body))));
    }

    private static boolean isForbidden(int status) {
        return status == 401 || status == 403;
    }

    private RolloutAnswer answer(HttpResponse<String> response) {
        try {
            return new RolloutAnswer(
                    response.statusCode(),
                    response.headers().firstValue("ETag").orElse(""),
                    json.readTree(response.body()));
        } catch (IOException e) {
            throw new UnreachableException("The trainer-service", address, e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try {
            return http.send(credentials.sign(request).timeout(TIMEOUT).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UnreachableException("The trainer-service", address, e);
        }
    }
}
