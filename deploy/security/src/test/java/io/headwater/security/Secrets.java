package io.headwater.security;

import io.smallrye.certs.CertificateGenerator;
import io.smallrye.certs.CertificateRequest;
import io.smallrye.certs.Format;
import java.nio.file.Path;
import java.util.Map;

/** A certificate for 127.0.0.1, made now, and what a Kafka broker and its clients must be told to use it and a password. */
public final class Secrets {
    private static final String STORE_PASSWORD = "store-password";
    private static final String USER = "headwater";
    private static final String PASSWORD = "broker-password";

    private final Path directory;

    private Secrets(Path directory) {
        this.directory = directory;
    }

    /** Makes them in that directory. */
    public static Secrets in(Path directory) throws Exception {
        new CertificateGenerator(directory, true)
                .generate(new CertificateRequest()
                        .withName("headwater")
                        .withFormat(Format.PKCS12)
                        .withFormat(Format.PEM)
                        .withPassword(STORE_PASSWORD)
                        .withCN("localhost")
                        .withSubjectAlternativeName("IP:127.0.0.1"));
        return new Secrets(directory);
    }

    /** Settings of a broker that takes nobody without TLS and the password. */
    public Map<String, String> broker() {
        return Map.ofEntries(
                Map.entry("listener.security.protocol.map", "CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT"),
                Map.entry("ssl.keystore.type", "PKCS12"),
                Map.entry("ssl.keystore.location", path("headwater-keystore.p12")),
                Map.entry("ssl.keystore.password", STORE_PASSWORD),
                Map.entry("ssl.truststore.type", "PKCS12"),
                Map.entry("ssl.truststore.location", path("headwater-truststore.p12")),
                Map.entry("ssl.truststore.password", STORE_PASSWORD),
                Map.entry("sasl.enabled.mechanisms", "PLAIN"),
                Map.entry("sasl.mechanism.inter.broker.protocol", "PLAIN"),
                Map.entry(
                        "listener.name.client.plain.sasl.jaas.config",
                        login(PASSWORD).replace(";", " user_" + USER + "=\"" + PASSWORD + "\";")));
    }

    /** Settings of a client of it. */
    public Map<String, String> kafkaClient() {
        return kafkaClient(PASSWORD);
    }

    /** Those of a client that gives that password. */
    public Map<String, String> kafkaClient(String password) {
        return Map.of(
                "security.protocol",
                "SASL_SSL",
                "sasl.mechanism",
                "PLAIN",
                "sasl.jaas.config",
                login(password),
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                path("headwater-truststore.p12"),
                "ssl.truststore.password",
                STORE_PASSWORD);
    }

    /** Settings of a service that answers with TLS on that port too. */
    public Map<String, String> https(int port) {
        return Map.of(
                "quarkus.http.ssl-port", Integer.toString(port),
                "quarkus.http.ssl.certificate.files", path("headwater.crt"),
                "quarkus.http.ssl.certificate.key-files", path("headwater.key"));
    }

    /** What a client of HTTPS trusts. */
    public Path trustStore() {
        return directory.resolve("headwater-truststore.p12");
    }

    /** Of the stores. */
    public String storePassword() {
        return STORE_PASSWORD;
    }

    private static String login(String password) {
        return "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"" + USER + "\" password=\""
                + password + "\";";
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
