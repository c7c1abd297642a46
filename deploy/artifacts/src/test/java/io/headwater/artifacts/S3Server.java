package io.headwater.artifacts;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * S3Proxy, a real S3 server that checks signatures, as a process on this machine; one for all tests of a JVM, which ends
 * it. The credentials are where the SDK looks for them.
 */
public final class S3Server {
    /** The secret that it knows. */
    public static final String SECRET = "an-open-secret-of-tests";

    private static final String KEY = "an-identity-of-tests";
    private static Optional<S3Server> shared = Optional.empty();

    private final Path directory;
    private final int port;
    private Optional<Process> process = Optional.empty();

    private S3Server(Path directory, int port) {
        this.directory = directory;
        this.port = port;
    }

    /** The running server. */
    public static synchronized S3Server running() {
        if (shared.isEmpty()) {
            S3Server server = new S3Server(temporary(), freePort());
            Runtime.getRuntime().addShutdownHook(new Thread(server::stop));
            server.start();
            shared = Optional.of(server);
        }
        System.setProperty("aws.accessKeyId", KEY);
        System.setProperty("aws.secretAccessKey", SECRET);
        return shared.get();
    }

    /** Makes a bucket of that name if there is none. */
    public ArtifactLocation.Bucket bucket(String name, String prefix) {
        try {
            Files.createDirectories(directory.resolve("data").resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new ArtifactLocation.Bucket(name, prefix);
    }

    /** Where it listens. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /** How it is reached. */
    public S3Settings settings() {
        return S3Settings.of(Optional.of(endpoint().toString()), Optional.empty(), Optional.empty());
    }

    /** The store in a bucket, made if there is none; writes with a condition are atomic, as S3's are. */
    public S3Bucket open(String name, String prefix) {
        return S3Bucket.open(bucket(name, prefix), settings(), new OneConditionAtATime());
    }

    /** The configuration of a service that keeps its artifacts in {@code location}. */
    public Map<String, String> configuration(ArtifactLocation.Bucket location) {
        return Map.of(
                "headwater.artifacts", location.toString(),
                "headwater.s3.endpoint", endpoint().toString());
    }

    /** Starts it; what was in its buckets is still there. */
    public void start() {
        Path jar = Path.of("target", "s3-server", "s3proxy.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    jar.toAbsolutePath() + " is missing: the module's pom must ask for s3-server");
        }
        try {
            Path properties = Files.write(
                    directory.resolve("s3proxy.conf"),
                    List.of(
                            "s3proxy.endpoint=" + endpoint(),
                            "s3proxy.authorization=aws-v2-or-v4",
                            "s3proxy.identity=" + KEY,
                            "s3proxy.credential=" + SECRET,
                            // It does not know x-amz-checksum-sha256; it does check that of the signature.
                            "s3proxy.ignore-unknown-headers=true",
                            "jclouds.provider=filesystem-nio2",
                            "jclouds.identity=none",
                            "jclouds.credential=none",
                            "jclouds.filesystem.basedir=" + Files.createDirectories(directory.resolve("data"))));
            Process started = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-DLOG_LEVEL=warn",
                            "-jar",
                            jar.toString(),
                            "--properties",
                            properties.toString())
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("s3proxy.log").toFile())
                    .start();
            process = Optional.of(started);
            await("S3Proxy, whose log is in " + directory)
                    .atMost(Duration.ofSeconds(60))
                    .until(this::listens);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it. */
    public void stop() {
        process.ifPresent(running -> {
            running.destroyForcibly();
            running.onExit().join();
        });
        process = Optional.empty();
    }

    private boolean listens() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory("headwater-s3-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
