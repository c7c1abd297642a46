package io.headwater.inference.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.artifacts.S3Bucket;
import io.headwater.artifacts.S3Server;
import io.headwater.events.RolloutChanged;
import io.headwater.events.ServedModel;
import io.headwater.inference.artifact.ArtifactReader;
import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.model.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backbone and head from a bucket of a real S3 server. */
class GenerationFromS3Test {
    @TempDir
    Path directory;

    private final S3Bucket bucket = S3Server.running().open("inference", "headwater");
    private final GenerationLoader loader = new GenerationLoader(new ArtifactReader(bucket), Engine.cpu(1));

    @Test
    void backbone_and_head_are_loaded_from_a_bucket_and_a_changed_head_is_refused() throws Exception {
        TestStore local = new TestStore(directory);
        ServedModel head = local.head(1, 2);
        RolloutChanged rollout =
                TestStore.rollout(1, local.backbone(1)).setStable(head).build();
        upload(rollout.getBackbone().getUri());
        upload(head.getUri());

        try (Generation generation = loader.load(rollout, Optional.empty()).generation()) {
            assertThat(generation.rollout()).isEqualTo(rollout);
        }

        // When somebody changes one bit of it
        local.flipBit(head.getUri());
        upload(head.getUri());

        assertThatThrownBy(() -> loader.load(rollout, Optional.empty()))
                .isInstanceOf(ArtifactRefusedException.class)
                .hasMessageContaining("should have SHA-256 " + head.getSha256());
    }

    private void upload(String uri) throws IOException {
        bucket.write(uri, Files.readAllBytes(directory.resolve(uri)));
    }
}
