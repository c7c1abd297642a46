package io.headwater.ingest.intake;

import io.headwater.artifacts.ArtifactException;
import io.headwater.artifacts.ArtifactLocation;
import io.headwater.artifacts.ArtifactsConfig;
import io.headwater.artifacts.DirectoryFiles;
import io.headwater.artifacts.S3Bucket;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Keeps uploads as they came, with all their metadata, where {@code headwater.intake.keep-original} says so: in the
 * artifact store as {@code originals/<first two digits>/<sha256>}. Nothing here ever removes them.
 */
@ApplicationScoped
public class Originals {
    private static final Logger LOG = Logger.getLogger(Originals.class);
    private static final String S3_CLIENT = "software.amazon.awssdk.services.s3.S3Client";

    private final Store store;
    private final Duration retryAfter;

    Originals(IntakeConfig config, ArtifactsConfig artifacts) {
        this.store = config.keepOriginal() ? open(artifacts) : (uri, bytes) -> {};
        this.retryAfter = config.retryAfter();
    }

    private interface Store {
        void write(String uri, byte[] bytes);
    }

    private static Store open(ArtifactsConfig artifacts) {
        ArtifactLocation location = artifacts.location();
        if (location instanceof ArtifactLocation.Directory directory) {
            return new DirectoryFiles(directory.path())::write;
        }
        try {
            Class.forName(S3_CLIENT, false, Originals.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(
                    "headwater.artifacts is '" + location + "' and headwater.intake.keep-original is true, but this"
                            + " ingest-service was built without a client for S3: build it with -Ps3-originals, or name a"
                            + " directory",
                    e);
        }
        return S3Bucket.open((ArtifactLocation.Bucket) location, artifacts.toS3())::write;
    }

    // Made at start, so that what is wrong with the store is said then.
    void start(@Observes StartupEvent event) {
        LOG.debugf("originals store=%s", store.getClass().getSimpleName());
    }

    /**
     * Keeps an upload; it is safe when this returns.
     *
     * @throws ProblemException (503) if it can't be kept
     */
    void keep(Upload upload) {
        String sha256 = upload.sha256();
        try {
            store.write("originals/" + sha256.substring(0, 2) + "/" + sha256, upload.content());
        } catch (ArtifactException e) {
            LOG.warnf("original not kept id=%s reason=%s", upload.id().value(), e.getMessage());
            throw ProblemException.temporary(
                    ProblemKind.STORE_UNAVAILABLE,
                    "the original can't be kept, as headwater.intake.keep-original wants it; send the same again later",
                    retryAfter);
        }
    }
}
