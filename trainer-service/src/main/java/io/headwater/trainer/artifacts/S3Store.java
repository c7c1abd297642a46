package io.headwater.trainer.artifacts;

import io.headwater.artifacts.ArtifactContent;
import io.headwater.artifacts.S3Bucket;
import io.headwater.artifacts.Sha256;
import io.headwater.events.Artifact;
import java.util.List;
import java.util.Optional;

/** The artifact store in a bucket. */
public final class S3Store implements ArtifactStore {
    private final S3Bucket bucket;

    /** The store in {@code bucket}. */
    public S3Store(S3Bucket bucket) {
        this.bucket = bucket;
    }

    @Override
    public Optional<ArtifactContent> open(String uri) {
        return bucket.open(uri);
    }

    @Override
    public Artifact write(String uri, byte[] bytes) {
        bucket.write(uri, bytes);
        return new Artifact(uri, Sha256.of(bytes), (long) bytes.length);
    }

    @Override
    public boolean reserve(String uri) {
        return bucket.reserve(uri);
    }

    @Override
    public boolean exists(String uri) {
        return bucket.exists(uri);
    }

    @Override
    public List<String> list(String directory) {
        return bucket.list(directory);
    }

    @Override
    public void delete(String uri) {
        bucket.delete(uri);
    }

    /** Nothing: a file is one request, of which S3 shows nothing before it has all of it. */
    @Override
    public List<String> halfWritten() {
        return List.of();
    }

    @Override
    public String toString() {
        return bucket.toString();
    }
}
