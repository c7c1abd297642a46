package io.headwater.artifacts;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** Where the artifact store is. The service that writes it and the one that reads it must be told the same. */
@ConfigMapping(prefix = "headwater")
public interface ArtifactsConfig {
    /** A directory, its {@code file:} URI, or {@code s3://bucket/prefix}. */
    @WithDefault("${user.home}/.headwater/artifacts")
    String artifacts();

    /** How a bucket is reached. The credentials are found by the SDK's own chain and are no configuration of ours. */
    S3 s3();

    /** How a bucket is reached. */
    interface S3 {
        /** Of a server other than AWS, such as {@code http://localhost:9000}. */
        Optional<String> endpoint();

        /** Of the bucket; without it what the SDK finds, or {@code us-east-1} where an endpoint is given. */
        Optional<String> region();

        /** Whether the bucket stands in the path instead of the host name; without it, where an endpoint is given. */
        Optional<Boolean> pathStyle();
    }

    /**
     * Where it is.
     *
     * @throws IllegalArgumentException if the value is none, with the key, the value and the remedy
     */
    default ArtifactLocation location() {
        return ArtifactLocation.of(artifacts());
    }

    /**
     * How a bucket is reached.
     *
     * @throws IllegalArgumentException if a value is none, with the key, the value and the remedy
     */
    default S3Settings toS3() {
        return S3Settings.of(s3().endpoint(), s3().region(), s3().pathStyle());
    }

    /** The store, for those who read it. */
    default ArtifactFiles files() {
        ArtifactLocation location = location();
        if (location instanceof ArtifactLocation.Bucket bucket) {
            return S3Bucket.open(bucket, toS3());
        }
        return new DirectoryFiles(((ArtifactLocation.Directory) location).path());
    }
}
