package io.headwater.artifacts;

import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The artifact store in a bucket. S3 shows an object as a whole or not at all, and to everybody as soon as it is written.
 * Every failure is an {@link ArtifactException} that says what to do; calls end in about two minutes. Thread safe.
 */
public final class S3Bucket implements ArtifactFiles {
    private static final int EXISTS_ALREADY = 412;
    private static final int BEING_WRITTEN = 409;
    private static final int CONFLICTS = 5;

    private final ArtifactLocation.Bucket location;
    private final S3Client client;
    private final S3Failures failures;

    private S3Bucket(ArtifactLocation.Bucket location, S3Settings settings, S3Client client) {
        this.location = location;
        this.client = client;
        this.failures = new S3Failures(location, settings.server());
    }

    /**
     * The store in a bucket, which is not asked for anything yet.
     *
     * @throws IllegalArgumentException if no region is known, with the key and the remedy
     */
    public static S3Bucket open(ArtifactLocation.Bucket location, S3Settings settings) {
        return new S3Bucket(location, settings, settings.client());
    }

    /** The same over another HTTP client. */
    static S3Bucket open(ArtifactLocation.Bucket location, S3Settings settings, SdkHttpClient http) {
        return new S3Bucket(location, settings, settings.client(http));
    }

    @Override
    public Optional<ArtifactContent> open(String uri) {
        String key = key(uri);
        return call("read " + uri, () -> {
            try {
                ResponseInputStream<GetObjectResponse> in =
                        client.getObject(get -> get.bucket(location.bucket()).key(key));
                return Optional.of(new ArtifactContent(in.response().contentLength(), new Whole(in)));
            } catch (NoSuchKeyException e) {
                return Optional.empty();
            }
        });
    }

    /** Writes a file, which is safe when this returns; replaces one of the same name. S3 checks its SHA-256. */
    public void write(String uri, byte[] bytes) {
        String key = key(uri);
        call(
                "write " + uri,
                () -> client.putObject(
                        put -> put.bucket(location.bucket()).key(key).checksumSHA256(checksum(bytes)),
                        RequestBody.fromBytes(bytes)));
    }

    /**
     * Makes an empty file.
     *
     * @return false if there is one of that name; of several who try at the same time, one gets true
     * @throws ArtifactException also when the server would let several have it
     */
    public boolean reserve(String uri) {
        String key = key(uri);
        return call("reserve " + uri, () -> {
            if (!create(key)) {
                return false;
            }
            if (create(key)) {
                throw failures.noConditions();
            }
            return true;
        });
    }

    private boolean create(String key) {
        byte[] nothing = new byte[0];
        for (int conflicts = 0; ; conflicts++) {
            try {
                client.putObject(
                        put -> put.bucket(location.bucket())
                                .key(key)
                                .ifNoneMatch("*")
                                .checksumSHA256(checksum(nothing)),
                        RequestBody.fromBytes(nothing));
                return true;
            } catch (S3Exception e) {
                if (e.statusCode() == EXISTS_ALREADY) {
                    return false;
                }
                if (e.statusCode() != BEING_WRITTEN || conflicts == CONFLICTS) {
                    throw e;
                }
            }
        }
    }

    /** Whether the file is there, whatever is in it. */
    public boolean exists(String uri) {
        String key = key(uri);
        return call("look for " + uri, () -> {
            try {
                client.headObject(head -> head.bucket(location.bucket()).key(key));
                return true;
            } catch (NoSuchKeyException e) {
                return false;
            }
        });
    }

    /** The uris of all files below {@code directory}, in their order. What can't be named by a uri is left out. */
    public List<String> list(String directory) {
        String below = key(directory) + "/";
        return call(
                "list " + directory,
                () ->
                        client
                                .listObjectsV2Paginator(
                                        list -> list.bucket(location.bucket()).prefix(below))
                                .contents()
                                .stream()
                                .map(S3Object::key)
                                .map(key -> key.substring(prefix().length()))
                                .filter(ArtifactUri::isValid)
                                .toList());
    }

    /** Removes a file if it is there. */
    public void delete(String uri) {
        String key = key(uri);
        call(
                "remove " + uri,
                () -> client.deleteObject(
                        delete -> delete.bucket(location.bucket()).key(key)));
    }

    private String key(String uri) {
        return prefix() + ArtifactUri.checked(uri);
    }

    private String prefix() {
        return location.prefix().isEmpty() ? "" : location.prefix() + "/";
    }

    private <T> T call(String what, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            throw failures.explain(what, e);
        }
    }

    private static String checksum(byte[] bytes) {
        return Base64.getEncoder().encodeToString(HexFormat.of().parseHex(Sha256.of(bytes)));
    }

    @Override
    public String toString() {
        return location.toString();
    }

    /** Closing it half way drops the connection, and does not read on to the end. */
    private static final class Whole extends FilterInputStream {
        private final ResponseInputStream<GetObjectResponse> response;

        Whole(ResponseInputStream<GetObjectResponse> response) {
            super(response);
            this.response = response;
        }

        @Override
        public int read() throws IOException {
            return orIoException(in::read);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return orIoException(() -> in.read(bytes, offset, length));
        }

        private static int orIoException(Reading reading) throws IOException {
            try {
                return reading.read();
            } catch (SdkException e) {
                throw new IOException(e.getMessage(), e);
            }
        }

        @Override
        public void close() {
            response.abort();
        }
    }

    private interface Reading {
        int read() throws IOException;
    }
}
