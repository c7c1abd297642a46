package io.headwater.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every manifest has only fields, of the right types, that Kubernetes, Strimzi and KEDA know. It asks no cluster. */
class ManifestsTest {
    private static final String KUSTOMIZATION = "kustomization.yaml";

    private final Resources resources = new Resources();

    static List<Path> manifests() throws IOException {
        return Manifests.files().stream()
                .filter(file -> !file.endsWith(KUSTOMIZATION))
                .toList();
    }

    static List<Path> kustomizations() throws IOException {
        return Manifests.files().stream()
                .filter(file -> file.endsWith(KUSTOMIZATION))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("manifests")
    void every_field_is_known(Path file) throws IOException {
        List<JsonNode> documents = Manifests.read(file);

        assertThat(documents).isNotEmpty().allSatisfy(resources::check);
    }

    @Test
    void a_misspelt_field_a_wrong_type_and_an_unknown_kind_are_found() throws IOException {
        JsonNode deployment = Manifests.read(Path.of("base", "ingest-service.yaml")).stream()
                .filter(document -> document.path("kind").asText().equals("Deployment"))
                .findFirst()
                .orElseThrow();
        for (String[] change : new String[][] {
            {"\"replicas\":2", "\"replica\":2"},
            {"\"replicas\":2", "\"replicas\":\"two\""},
            {"\"readOnlyRootFilesystem\"", "\"readonlyRootFilesystem\""},
            {"\"Deployment\"", "\"Deploymnet\""}
        }) {
            String text = deployment.toString();
            assertThat(text).contains(change[0]);
            JsonNode changed = new ObjectMapper().readTree(text.replace(change[0], change[1]));

            assertThatThrownBy(() -> resources.check(changed)).as(change[1]).isInstanceOf(AssertionError.class);
        }
    }

    @ParameterizedTest
    @MethodSource("kustomizations")
    void a_kustomization_names_every_file_beside_it_and_no_other(Path file) throws IOException {
        JsonNode kustomization = Manifests.read(file).get(0);
        List<String> named = new ArrayList<>();
        kustomization.path("resources").forEach(name -> named.add(name.asText()));
        kustomization
                .path("patches")
                .forEach(patch -> named.add(patch.path("path").asText()));

        try (Stream<Path> beside = Files.list(file.getParent())) {
            List<String> files = beside.map(path -> path.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !name.equals(KUSTOMIZATION))
                    .toList();
            assertThat(named).filteredOn(name -> name.endsWith(".yaml")).containsExactlyInAnyOrderElementsOf(files);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev", "production"})
    void what_kustomize_makes_of_an_overlay_is_known_too_and_every_container_is_confined(String overlay) {
        List<JsonNode> rendered = render(overlay);

        assertThat(rendered).hasSizeGreaterThan(10).allSatisfy(resources::check);
        List<JsonNode> pods = rendered.stream()
                .map(document -> document.path("spec").path("template").path("spec"))
                .filter(JsonNode::isObject)
                .toList();
        assertThat(pods).hasSizeGreaterThanOrEqualTo(3).allSatisfy(pod -> {
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            JsonNode container = pod.path("containers").path(0);
            assertThat(container.at("/securityContext/allowPrivilegeEscalation").asBoolean(true))
                    .isFalse();
            assertThat(container.at("/resources/requests/memory").isMissingNode())
                    .isFalse();
            assertThat(container.path("readinessProbe").isObject()).isTrue();
        });
    }

    private static List<JsonNode> render(String overlay) {
        try {
            Process process = new ProcessBuilder("kubectl", "kustomize", "overlays/" + overlay)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            String rendered = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).isZero();
            return Manifests.read(rendered);
        } catch (IOException e) {
            assumeTrue(false, "kubectl is not installed, so nothing is rendered: " + e.getMessage());
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
