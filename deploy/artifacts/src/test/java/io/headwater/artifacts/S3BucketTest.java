package io.headwater.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

class S3BucketTest {
    private final S3Server server = S3Server.running();

    private S3Bucket bucket(String name) {
        return S3Bucket.open(server.bucket(name, "p"), server.settings());
    }

    @Test
    void without_the_bucket_its_name_and_the_remedy_are_said() {
        S3Bucket missing = S3Bucket.open(new ArtifactLocation.Bucket("not-there", "p"), server.settings());

        assertThatThrownBy(() -> missing.list("models"))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("headwater.artifacts is 's3://not-there/p'")
                .hasMessageContaining("there is no bucket 'not-there' on " + server.endpoint())
                .hasMessageContaining("make it, or name another");
        assertThatThrownBy(() -> missing.write("models/1/head.onnx", new byte[1]))
                .hasMessageContaining("there is no bucket");
        assertThatThrownBy(() -> missing.open("models/1/head.onnx")).hasMessageContaining("there is no bucket");
    }

    @Test
    void when_access_is_denied_it_is_said_where_credentials_belong_and_none_is_repeated() {
        S3Bucket bucket = bucket("guarded");
        System.setProperty("aws.secretAccessKey", "a-wrong-secret");
        try {
            Throwable denied = catchThrowable(() -> bucket.list("models"));

            assertThat(denied)
                    .isInstanceOf(ArtifactException.class)
                    .hasMessageContaining("denies access (403 SignatureDoesNotMatch)")
                    .hasMessageContaining("AWS_ACCESS_KEY_ID");
            StringWriter everything = new StringWriter();
            denied.printStackTrace(new PrintWriter(everything));
            assertThat(everything.toString())
                    .doesNotContain("a-wrong-secret")
                    .doesNotContain(System.getProperty("aws.accessKeyId"));
        } finally {
            System.setProperty("aws.secretAccessKey", S3Server.SECRET);
        }
    }

    @Test
    void where_nobody_listens_the_address_and_the_key_are_said_soon() throws IOException {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        S3Bucket away = S3Bucket.open(
                new ArtifactLocation.Bucket("bucket", ""),
                S3Settings.of(Optional.of("http://127.0.0.1:" + port), Optional.empty(), Optional.empty()));
        long start = System.nanoTime();

        assertThatThrownBy(() -> away.list("models"))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("http://127.0.0.1:" + port + " can't be reached: Connection refused")
                .hasMessageContaining("headwater.s3.endpoint");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void a_server_that_was_away_is_used_again_when_it_is_back() {
        S3Bucket bucket = bucket("back");
        bucket.write("models/1/head.onnx", new byte[] {1});
        server.stop();
        try {
            assertThatThrownBy(() -> bucket.list("models")).isInstanceOf(ArtifactException.class);
        } finally {
            server.start();
        }

        assertThat(bucket.list("models")).containsExactly("models/1/head.onnx");
    }

    @Test
    void what_a_writer_that_dies_half_way_has_sent_is_not_there() {
        S3Bucket bucket = bucket("half");
        // A writer like ours, but for a body that ends early.
        InputStream half = new ByteArrayInputStream(new byte[500_000]);
        try (S3Client client = server.settings().client()) {
            assertThatThrownBy(() -> client.putObject(
                            put -> put.bucket("half").key("p/models/1/model.onnx"),
                            RequestBody.fromInputStream(half, 1_000_000)))
                    .isInstanceOfAny(SdkException.class, IllegalStateException.class);
        }

        assertThat(bucket.list("models")).isEmpty();
        assertThat(bucket.exists("models/1/model.onnx")).isFalse();
    }

    @Test
    void only_what_is_below_the_prefix_belongs_to_the_store() {
        bucket("shared").write("models/1/head.onnx", new byte[1]);
        S3Bucket other = S3Bucket.open(server.bucket("shared", "q"), server.settings());
        S3Bucket all = S3Bucket.open(server.bucket("shared", ""), server.settings());

        assertThat(other.list("models")).isEmpty();
        assertThat(all.list("p")).containsExactly("p/models/1/head.onnx");
    }
}
