package io.headwater.trainer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.Artifact;
import io.headwater.events.ModelPublished;
import io.headwater.trainer.artifacts.ArtifactStore;
import io.headwater.trainer.artifacts.DirectoryStore;
import io.headwater.trainer.artifacts.Recorded;
import io.headwater.trainer.artifacts.Retention;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Variant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelsResourceTest {
    private static final Request UNCONDITIONAL = new Unconditional();

    @TempDir
    Path directory;

    private ArtifactStore store;
    private ModelsResource models;

    @BeforeEach
    void two_versions_of_which_the_newer_is_kept() {
        store = new DirectoryStore(directory);
        Registry registry = new Registry();
        for (long version : List.of(1L, 2L)) {
            Artifact model = store.write("models/" + version + "/model.onnx", new byte[] {1, 2, 3});
            registry.put(ModelPublished.newBuilder(Recorded.version(version, OptionalLong.empty(), "bb"))
                    .setModel(model)
                    .build());
        }
        registry.put(Recorded.rollout("bb").build());
        registry.completed();
        models = new ModelsResource(registry, store, new Retention(1, Duration.ofMinutes(10)));
    }

    @Test
    void what_was_removed_since_nothing_needs_it_is_gone_and_no_failure() {
        store.delete("models/1/model.onnx");

        Response response = models.model("1", UNCONDITIONAL);

        assertThat(response.getStatus()).isEqualTo(410);
        assertThat(response.getEntity().toString()).contains("version 1 were removed", "headwater.gc.keep-versions");
        assertThat(models.get("1").getStatus()).isEqualTo(200);
    }

    @Test
    void what_is_missing_although_it_is_needed_is_a_failure() {
        store.delete("models/2/model.onnx");

        assertThat(models.model("2", UNCONDITIONAL).getStatus()).isEqualTo(500);
    }

    @Test
    void what_nothing_needs_but_is_still_there_is_served() {
        assertThat(models.model("1", UNCONDITIONAL).getStatus()).isEqualTo(200);
    }

    @Test
    void what_nothing_needs_but_is_damaged_is_a_failure() {
        store.write("models/1/model.onnx", new byte[] {1, 2, 2});

        assertThat(models.model("1", UNCONDITIONAL).getStatus()).isEqualTo(500);
    }

    private static final class Unconditional implements Request {
        @Override
        public String getMethod() {
            return "GET";
        }

        @Override
        public Variant selectVariant(List<Variant> variants) {
            throw new AssertionError("a file has one form: nobody chooses between variants");
        }

        @Override
        public Response.ResponseBuilder evaluatePreconditions(EntityTag tag) {
            return null;
        }

        @Override
        public Response.ResponseBuilder evaluatePreconditions(Date modified) {
            return null;
        }

        @Override
        public Response.ResponseBuilder evaluatePreconditions(Date modified, EntityTag tag) {
            return null;
        }

        @Override
        public Response.ResponseBuilder evaluatePreconditions() {
            return null;
        }
    }
}
