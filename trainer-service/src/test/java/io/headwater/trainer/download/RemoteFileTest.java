package io.headwater.trainer.download;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.artifacts.Sha256;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteFileTest {
    private static final Patience PATIENCE =
            new Patience(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofMinutes(1), 3, Duration.ofMillis(1));
    private static final byte[] FILE = random(1, 300_000);
    private static final byte[] OTHER = random(2, 300_000);

    @TempDir
    Path cache;

    private WebServer server;

    @BeforeEach
    void serve() throws IOException {
        server = new WebServer(FILE);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void a_file_is_got_once_and_then_comes_from_the_cache() throws IOException {
        assertThat(file("/net.onnx").read()).isEqualTo(FILE);
        assertThat(file("/net.onnx").read()).isEqualTo(FILE);

        assertThat(server.requests()).containsExactly("all");
        assertThat(kept()).allMatch(name -> name.endsWith("-net.onnx") || name.endsWith(".lock"));
    }

    @Test
    void files_of_the_same_name_from_elsewhere_are_kept_apart() {
        file("/a/net.onnx").read();
        server.replace(OTHER, "\"2\"");

        assertThat(file("/b/net.onnx").read()).isEqualTo(OTHER);
        assertThat(file("/a/net.onnx").read()).isEqualTo(FILE);
    }

    @Test
    void a_connection_that_is_cut_goes_on_where_it_was() {
        server.cutting(2, 100_000);

        assertThat(file("/net.onnx").read()).isEqualTo(FILE);
        assertThat(server.requests()).hasSize(3);
        assertThat(server.requests().get(1)).startsWith("bytes=");
    }

    @Test
    void the_next_process_goes_on_where_the_last_one_was_stopped() throws IOException {
        part(FILE, 120_000, "\"1\"");

        assertThat(file("/net.onnx").read()).isEqualTo(FILE);
        assertThat(server.requests()).containsExactly("bytes=120000-");
    }

    @Test
    void a_file_that_has_changed_meanwhile_is_begun_anew() throws IOException {
        part(OTHER, 120_000, "\"0\"");

        assertThat(file("/net.onnx").read()).isEqualTo(FILE);
        assertThat(server.requests()).containsExactly("bytes=120000-");
    }

    @Test
    void a_server_without_ranges_sends_all_of_it_again() {
        server.withoutRanges().cutting(1, 100_000);

        assertThat(file("/net.onnx").read()).isEqualTo(FILE);
    }

    @Test
    void without_a_version_it_goes_on_only_when_the_hash_is_known() throws IOException {
        server.withoutVersion();
        part(OTHER, 120_000, "");
        assertThat(file("/net.onnx").read()).isEqualTo(FILE);

        part(FILE, 120_000, "", "/pinned.onnx");
        assertThat(pinned("/pinned.onnx", FILE).read()).isEqualTo(FILE);
        assertThat(server.requests()).containsExactly("all", "bytes=120000-");
    }

    @Test
    void more_than_the_server_has_is_begun_anew() throws IOException {
        part(random(3, 400_000), 400_000, "\"1\"");

        assertThat(file("/net.onnx").read()).isEqualTo(FILE);
        assertThat(server.requests()).containsExactly("bytes=400000-", "all");
    }

    @Test
    void a_wrong_hash_is_named_and_the_file_deleted() throws IOException {
        assertThatThrownBy(() -> pinned("/net.onnx", OTHER).read())
                .isInstanceOf(DownloadException.class)
                .hasMessage("what came has the SHA-256 " + Sha256.of(FILE) + " and not the " + Sha256.of(OTHER)
                        + " that is asked for; it is deleted");
        assertThat(kept()).allMatch(name -> name.endsWith(".lock"));
    }

    @Test
    void a_cached_file_with_a_wrong_hash_is_got_again() throws IOException {
        pinned("/net.onnx", FILE).read();
        Path kept;
        try (Stream<Path> files = Files.list(cache)) {
            kept = files.filter(path -> path.toString().endsWith("-net.onnx"))
                    .findFirst()
                    .orElseThrow();
        }
        Files.write(kept, OTHER);

        assertThat(pinned("/net.onnx", FILE).read()).isEqualTo(FILE);
        assertThat(Files.readAllBytes(kept)).isEqualTo(FILE);
    }

    @Test
    void another_size_than_expected_is_refused_before_it_comes() {
        RemoteFile file = new RemoteFile(
                server.uri("/net.onnx"), Optional.of(Sha256.of(FILE)), Optional.of(299_999L), cache, PATIENCE);

        assertThatThrownBy(file::read).hasMessage("the server has 300000 bytes of it, and it should be 299999");
    }

    @Test
    void redirects_are_followed_and_loops_are_not() {
        assertThat(file("/moved").read()).isEqualTo(FILE);
        assertThatThrownBy(() -> file("/round").read())
                .hasMessage("the server answers 302 again and again, or leads from https to http");
    }

    @Test
    void errors_of_the_server_are_tried_again_and_of_the_address_are_not() {
        server.failing(2, 503);
        assertThat(file("/net.onnx").read()).isEqualTo(FILE);

        server.failing(3, 500);
        assertThatThrownBy(() -> file("/other.onnx").read()).hasMessage("the server answers 500");
        assertThat(server.requests()).hasSize(6);
        assertThatThrownBy(() -> file("/missing").read()).hasMessage("the server answers 404");
    }

    @Test
    void a_server_that_falls_silent_is_given_up_in_time() {
        server.stalling();
        Patience shortOne = Patience.upTo(Duration.ofMillis(600));
        long start = System.nanoTime();

        assertThatThrownBy(() -> new RemoteFile(
                                server.uri("/net.onnx"), Optional.empty(), Optional.empty(), cache, shortOne)
                        .read())
                .hasMessageStartingWith("it did not come within 600 ms (")
                .hasMessageContaining("bytes did)");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        assertThat(cache).isDirectoryContaining("glob:**.part");
    }

    @Test
    void nobody_there_is_said_at_once_where_there_is_an_alternative() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        RemoteFile nobody = new RemoteFile(
                URI.create("http://127.0.0.1:" + port + "/net.onnx"),
                Optional.empty(),
                Optional.empty(),
                cache,
                Patience.upTo(Duration.ofSeconds(20)));
        long start = System.nanoTime();

        assertThatThrownBy(nobody::read).hasMessage("no connection to 127.0.0.1");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void two_who_want_the_same_file_get_it_once() {
        List<CompletableFuture<byte[]>> both = Stream.of(1, 2)
                .map(number ->
                        CompletableFuture.supplyAsync(() -> file("/net.onnx").read()))
                .toList();

        assertThat(both).allSatisfy(one -> assertThat(one.join()).isEqualTo(FILE));
        assertThat(server.requests()).containsExactly("all");
    }

    @Test
    void a_cache_that_can_not_be_written_is_named() throws IOException {
        Path noDirectory = Files.writeString(cache.resolve("file"), "x");

        assertThatThrownBy(() -> new RemoteFile(
                                server.uri("/net.onnx"), Optional.empty(), Optional.empty(), noDirectory, PATIENCE)
                        .read())
                .hasMessageStartingWith("the cache " + noDirectory + " can't be used: ");
    }

    private RemoteFile file(String path) {
        return new RemoteFile(server.uri(path), Optional.empty(), Optional.empty(), cache, PATIENCE);
    }

    private RemoteFile pinned(String path, byte[] expected) {
        return new RemoteFile(server.uri(path), Optional.of(Sha256.of(expected)), Optional.empty(), cache, PATIENCE);
    }

    private void part(byte[] content, int bytes, String version) throws IOException {
        part(content, bytes, version, "/net.onnx");
    }

    /** As a process leaves it that is killed in the middle. */
    private void part(byte[] content, int bytes, String version, String path) throws IOException {
        String key = Sha256.of(server.uri(path).toString().getBytes(StandardCharsets.UTF_8))
                .substring(0, 16);
        Path part = cache.resolve(key + "-" + path.substring(1) + ".part");
        Files.write(part, Arrays.copyOf(content, bytes));
        if (!version.isEmpty()) {
            Files.writeString(part.resolveSibling(part.getFileName() + ".version"), version);
        }
    }

    private List<String> kept() throws IOException {
        try (Stream<Path> files = Files.list(cache)) {
            return files.map(path -> path.getFileName().toString()).toList();
        }
    }

    private static byte[] random(long seed, int bytes) {
        byte[] random = new byte[bytes];
        new Random(seed).nextBytes(random);
        return random;
    }
}
