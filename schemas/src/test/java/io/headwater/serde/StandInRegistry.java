package io.headwater.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The three calls of Apicurio's API, version 3, that its serdes make: register, look up by content id, references. */
final class StandInRegistry implements AutoCloseable {
    private static final Pattern BY_CONTENT_ID = Pattern.compile(".*/ids/contentIds/(\\d+)(/references)?/?");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;
    private final List<String> contents = new CopyOnWriteArrayList<>();

    private StandInRegistry(HttpServer server) {
        this.server = server;
    }

    static StandInRegistry start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
        StandInRegistry registry = new StandInRegistry(server);
        server.createContext("/", registry::answer);
        server.start();
        return registry;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/apis/registry/v3");
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            Matcher byId = BY_CONTENT_ID.matcher(exchange.getRequestURI().getPath());
            if (exchange.getRequestMethod().equals("POST")) {
                send(exchange, 200, register(JSON.readTree(exchange.getRequestBody())));
            } else if (byId.matches() && Long.parseLong(byId.group(1)) <= contents.size()) {
                send(exchange, 200, byId.group(2) != null ? "[]" : contents.get(Integer.parseInt(byId.group(1)) - 1));
            } else {
                send(exchange, 404, JSON.writeValueAsString(Map.of("status", 404, "title", "not found")));
            }
        }
    }

    private synchronized String register(JsonNode request) throws IOException {
        String content =
                request.path("firstVersion").path("content").path("content").asText();
        if (!contents.contains(content)) {
            contents.add(content);
        }
        int id = contents.indexOf(content) + 1;
        String artifact = request.path("artifactId").asText();
        return JSON.writeValueAsString(Map.of(
                "artifact", Map.of("groupId", "default", "artifactId", artifact, "artifactType", "AVRO"),
                "version",
                        Map.of(
                                "version",
                                "1",
                                "globalId",
                                id,
                                "contentId",
                                id,
                                "artifactId",
                                artifact,
                                "groupId",
                                "default",
                                "artifactType",
                                "AVRO")));
    }

    private static void send(HttpExchange exchange, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
