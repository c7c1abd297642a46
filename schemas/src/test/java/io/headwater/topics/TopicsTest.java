package io.headwater.topics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private final Topics topics = new Topics("", 6, 1);

    @Test
    void what_is_joined_by_image_id_has_the_same_partitions() {
        assertThat(List.of(
                        topics.images(),
                        topics.labels(),
                        topics.embeddings(),
                        topics.predictions(),
                        topics.examples(),
                        topics.judgements()))
                .extracting(TopicSpec::partitions)
                .containsOnly(6);
    }

    @Test
    void each_change_of_the_backbone_has_examples_of_its_own() {
        assertThat(topics.examples(0)).isEqualTo(topics.examples());
        assertThat(topics.examples(7).name()).isEqualTo("examples-7");
        assertThat(topics.examples(7).configuration())
                .isEqualTo(topics.examples().configuration());
        assertThat(topics.examples(7).partitions()).isEqualTo(6);
    }

    @Test
    void decisions_have_one_order() {
        assertThat(topics.models().partitions()).isEqualTo(1);
        assertThat(topics.rollouts().partitions()).isEqualTo(1);
    }

    @Test
    void the_cleanup_is_that_of_the_design() {
        assertThat(topics.all())
                .extracting(topic -> topic.name() + " " + topic.cleanup().policy() + " "
                        + topic.configuration().get("retention.ms"))
                .containsExactly(
                        "images delete 604800000",
                        "labels compact -1",
                        "embeddings compact,delete 604800000",
                        "predictions delete 604800000",
                        "examples compact -1",
                        "judgements compact -1",
                        "quality compact -1",
                        "models compact -1",
                        "rollouts compact -1",
                        "instances compact,delete 604800000",
                        "replays delete 2592000000",
                        "rollout-history compact -1",
                        "images.dlt delete 2592000000",
                        "labels.dlt delete 2592000000",
                        "embeddings.dlt delete 2592000000",
                        "predictions.dlt delete 2592000000");
    }

    @Test
    void the_prefix_stands_before_every_name() {
        assertThat(new Topics("team-a.", 1, 1).all())
                .allSatisfy(topic -> assertThat(topic.name()).startsWith("team-a."));
    }

    @Test
    void a_prefix_that_kafka_would_refuse_is_refused_with_the_key() {
        assertThatThrownBy(() -> new Topics("a/b", 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("headwater.topic-prefix")
                .hasMessageContaining("a/b");
    }

    @Test
    void no_partitions_and_no_replicas_are_refused_with_the_key() {
        assertThatThrownBy(() -> new Topics("", 0, 1)).hasMessageContaining("headwater.topics.partitions is 0");
        assertThatThrownBy(() -> new Topics("", 1, 0)).hasMessageContaining("headwater.topics.replication-factor is 0");
    }
}
