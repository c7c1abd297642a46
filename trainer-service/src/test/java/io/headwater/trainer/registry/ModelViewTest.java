package io.headwater.trainer.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.headwater.events.ModelPublished;
import io.headwater.events.ModelState;
import io.headwater.trainer.fixture.Versions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelViewTest {
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new JavaTimeModule());

    private final ModelPublished version = Versions.of(List.of("ant", "bee"));

    @Test
    void a_version_has_its_evidence_and_its_lineage() {
        JsonNode view = JSON.valueToTree(ModelView.of(version));

        assertThat(view.at("/gate/outcome").asText()).isEqualTo("passed");
        assertThat(view.at("/evaluation/accuracy/value").asDouble()).isEqualTo(0.5);
        assertThat(view.at("/evaluation/topK/1/high").asDouble()).isGreaterThan(0.5);
        assertThat(view.at("/evaluation/classes/1/label").asText()).isEqualTo("bee");
        assertThat(view.at("/evaluation/confusion").toString()).isEqualTo("[[1,1],[1,1]]");
        assertThat(view.at("/comparison/wins").asLong()).isEqualTo(2);
        assertThat(view.at("/calibration/temperature").asDouble()).isEqualTo(1.2);
        assertThat(view.at("/lineage/cause").asText()).isEqualTo("new labels");
        assertThat(view.at("/lineage/classes/0/train").asLong()).isEqualTo(50);
        assertThat(view.at("/lineage/durations/measuring").asLong()).isEqualTo(31);
        assertThat(view.at("/card").asText()).isEqualTo("/models/12/card");
    }

    @Test
    void a_list_leaves_the_confusion_matrix_out() {
        JsonNode view = JSON.valueToTree(ModelView.listed(version));

        assertThat(view.at("/evaluation").has("confusion")).isFalse();
        assertThat(view.at("/evaluation").has("accuracy")).isTrue();
    }

    @Test
    void a_version_of_an_earlier_release_has_none_of_it() {
        ModelPublished old = ModelPublished.newBuilder(version)
                .setGate(null)
                .setEvaluation(null)
                .setComparison(null)
                .setCalibration(null)
                .setLineage(null)
                .setCard(null)
                .setState(ModelState.CANDIDATE)
                .build();

        JsonNode view = JSON.valueToTree(ModelView.of(old));

        assertThat(view.get("state").asText()).isEqualTo("candidate");
        assertThat(view.has("gate") || view.has("evaluation") || view.has("lineage") || view.has("card"))
                .isFalse();
    }

    @Test
    void the_examples_of_the_description_have_the_fields_of_the_view() throws Exception {
        JsonNode view = JSON.valueToTree(ModelView.of(version));

        assertThat(fields(JSON.readTree(ModelExamples.ONE))).containsExactlyInAnyOrderElementsOf(fields(view));
        assertThat(fields(JSON.readTree(ModelExamples.ONE).get("evaluation")))
                .containsExactlyInAnyOrderElementsOf(fields(view.get("evaluation")));
        assertThat(fields(JSON.readTree(ModelExamples.ONE).get("lineage")))
                .containsExactlyInAnyOrderElementsOf(fields(view.get("lineage")));
        assertThat(JSON.readTree(ModelExamples.LIST).get(0).get("evaluation").has("confusion"))
                .isFalse();
        assertThat(JSON.readTree(ModelExamples.UNKNOWN).get("status").asInt()).isEqualTo(404);
    }

    private static List<String> fields(JsonNode node) {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
