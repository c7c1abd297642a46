package io.headwater.local.launch;

import java.net.URI;

/** Where the services are: base URIs without a trailing slash, and Kafka's bootstrap servers. */
public record Addresses(URI ingest, URI inference, URI trainer, String kafka) {

    static Addresses onLoopback(Ports ports) {
        return new Addresses(
                http(ports.ingest()), http(ports.inference()), http(ports.trainer()), "127.0.0.1:" + ports.kafka());
    }

    private static URI http(int port) {
        return URI.create("http://127.0.0.1:" + port);
    }
}
