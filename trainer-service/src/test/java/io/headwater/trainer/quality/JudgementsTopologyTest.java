package io.headwater.trainer.quality;

import static io.headwater.trainer.quality.Events.NOON;
import static io.headwater.trainer.quality.Events.label;
import static io.headwater.trainer.quality.Events.prediction;
import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.events.ImageClassified;
import io.headwater.events.ImageLabelled;
import io.headwater.events.JudgedAnswer;
import io.headwater.events.PredictionJudged;
import io.headwater.events.ShadowAnswer;
import io.headwater.serde.EventFormat;
import io.headwater.topics.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real topology, at times of the tests' own. */
class JudgementsTopologyTest {
    private static final Duration WINDOW = Duration.ofHours(2);
    private static final Topics TOPICS = new Topics("", 1, 1);

    @TempDir
    Path state;

    private TopologyTestDriver driver;
    private TestInputTopic<String, ImageClassified> predictions;
    private TestInputTopic<String, ImageLabelled> labels;
    private TestOutputTopic<String, PredictionJudged> judgements;

    @BeforeEach
    void start() {
        EventFormat format = EventFormat.singleObject();
        Properties properties = new Properties();
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        driver = new TopologyTestDriver(JudgementsTopology.of(TOPICS, format, WINDOW), properties, NOON);
        predictions = driver.createInputTopic(
                TOPICS.predictions().name(), new StringSerializer(), format.serializer(ImageClassified.class));
        labels = driver.createInputTopic(
                TOPICS.labels().name(), new StringSerializer(), format.serializer(ImageLabelled.class));
        judgements = driver.createOutputTopic(
                TOPICS.judgements().name(), new StringDeserializer(), format.deserializer(PredictionJudged.class));
    }

    @AfterEach
    void stop() {
        driver.close();
    }

    @Test
    void a_label_judges_what_the_served_version_and_the_shadows_had_said() {
        predict("1", 7L, "cat", 0, new ShadowAnswer(8L, "dog", 0.6f), new ShadowAnswer(9L, "cat", 0.5f));
        assertThat(judgements.isEmpty()).isTrue();

        say("1", "dog", 60);

        PredictionJudged judged = only("1");
        assertThat(judged.getLabel()).isEqualTo("dog");
        assertThat(judged.getLabelledAt()).isEqualTo(minute(60));
        assertThat(judged.getClassifiedAt()).isEqualTo(minute(0));
        assertThat(judged.getGeneration()).isEqualTo(3);
        assertThat(judged.getAnswers())
                .containsExactly(
                        new JudgedAnswer(7L, "cat", 0.7f, false, null),
                        new JudgedAnswer(8L, "dog", 0.6f, true, 0.6f),
                        new JudgedAnswer(9L, "cat", 0.5f, false, null));
    }

    @Test
    void the_true_label_among_the_most_probable_ones_tells_its_probability() {
        predict("1", 7L, "cat", 0);
        say("1", "owl", 1);

        assertThat(only("1").getAnswers()).containsExactly(new JudgedAnswer(7L, "cat", 0.7f, false, 0.2f));
    }

    @Test
    void a_label_that_comes_before_its_prediction_judges_it_too() {
        say("1", "cat", 0);
        predict("1", 7L, "cat", 1);

        assertThat(only("1").getAnswers().get(0).getRight()).isTrue();
    }

    @Test
    void a_corrected_label_replaces_the_judgement_however_late() {
        predict("1", 7L, "cat", 0);
        say("1", "dog", 1);
        only("1");

        say("1", "cat", 1000);

        PredictionJudged corrected = only("1");
        assertThat(corrected.getAnswers().get(0).getRight()).isTrue();
        assertThat(corrected.getEarlier())
                .extracting(PredictionJudged::getLabel)
                .containsExactly("dog");
        assertThat(corrected.getEarlier().get(0).getAnswers().get(0).getRight()).isFalse();
        say("1", "owl", 1001);
        assertThat(only("1").getEarlier())
                .extracting(PredictionJudged::getLabel)
                .containsExactly("dog", "cat");
    }

    @Test
    void a_label_taken_back_takes_the_judgement_back_and_a_new_one_brings_it_again() {
        predict("1", 7L, "cat", 0);
        say("1", "cat", 1);
        only("1");

        labels.pipeInput("1", null, minute(2));
        assertThat(judgements.readKeyValuesToList()).containsExactly(KeyValue.pair("1", null));

        say("1", "dog", 3);
        PredictionJudged again = only("1");
        assertThat(again.getLabel()).isEqualTo("dog");
        assertThat(again.getEarlier()).isEmpty();
    }

    @Test
    void a_label_taken_back_that_judged_nothing_says_nothing() {
        labels.pipeInput("1", null, minute(0));
        say("2", "cat", 0);
        labels.pipeInput("2", null, minute(1));
        predict("2", 7L, "cat", 2);

        assertThat(judgements.isEmpty()).isTrue();
    }

    @Test
    void a_label_later_than_the_window_judges_nothing_whether_the_prediction_was_dropped_yet_or_not() {
        predict("1", 7L, "cat", 0);
        say("1", "cat", 121);
        assertThat(judgements.isEmpty()).isTrue();

        predict("2", 7L, "cat", 130);
        say("3", "cat", 400);
        say("2", "cat", 401);
        assertThat(judgements.isEmpty()).isTrue();
    }

    @Test
    void a_label_that_is_older_than_the_window_when_its_prediction_comes_judges_nothing() {
        say("1", "cat", 0);
        predict("1", 7L, "cat", 121);

        assertThat(judgements.isEmpty()).isTrue();
    }

    @Test
    void only_the_first_prediction_of_an_image_counts() {
        predict("1", 7L, "cat", 0);
        say("1", "dog", 1);
        only("1");

        // When the picture is sent again and a version answers that has learnt the label
        predict("1", 8L, "dog", 60);

        assertThat(judgements.isEmpty()).isTrue();
        say("1", "cat", 61);
        assertThat(only("1").getAnswers().get(0).getVersion()).isEqualTo(7);
    }

    @Test
    void a_prediction_of_no_version_is_not_judged_and_neither_is_a_later_one_of_the_same_image() {
        predict("1", null, null, 0);
        say("1", "dog", 1);
        predict("1", 8L, "dog", 2);

        assertThat(judgements.isEmpty()).isTrue();
        labels.pipeInput("1", null, minute(3));
        assertThat(judgements.isEmpty()).isTrue();
    }

    @Test
    void what_waits_longer_than_the_window_is_dropped_and_what_has_met_is_kept() {
        predict("waits", 7L, "cat", 0);
        say("alone", "cat", 0);
        predict("met", 7L, "cat", 0);
        say("met", "cat", 1);
        judgements.readKeyValuesToList();

        predict("later", 7L, "cat", 300);

        assertThat(driver.getKeyValueStore(Pairs.PREDICTIONS).get("waits")).isNull();
        assertThat(driver.getKeyValueStore(Pairs.LABELS).get("alone")).isNull();
        assertThat(driver.getKeyValueStore(Pairs.PREDICTIONS).get("met")).isNotNull();
        assertThat(driver.getKeyValueStore(Pairs.LABELS).get("met")).isNotNull();
        assertThat(driver.getKeyValueStore(Pairs.PREDICTIONS).get("later")).isNotNull();
    }

    @Test
    void the_same_label_again_is_no_news() {
        predict("1", 7L, "cat", 0);
        say("1", "cat", 1);
        only("1");

        say("1", "cat", 1);

        assertThat(judgements.isEmpty()).isTrue();
    }

    private void predict(String id, Long version, String label, int minute, ShadowAnswer... shadows) {
        predictions.pipeInput(id, prediction(version, label, minute(minute), shadows), minute(minute));
    }

    private void say(String id, String label, int minute) {
        labels.pipeInput(id, label(label, minute(minute)), minute(minute));
    }

    private PredictionJudged only(String id) {
        assertThat(judgements.getQueueSize()).isEqualTo(1);
        KeyValue<String, PredictionJudged> entry = judgements.readKeyValue();
        assertThat(entry.key).isEqualTo(id);
        return entry.value;
    }

    private static Instant minute(int minute) {
        return NOON.plus(Duration.ofMinutes(minute));
    }
}
