package io.headwater.inference.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.headwater.inference.fixture.TinyModels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class HeadsTest {
    private static final int D = TinyModels.DIMENSION;
    private static final Offset<Float> EQUAL = within(1e-5f);

    private final Random random = new Random(11);

    @Test
    void linear_heads_of_different_classes_are_one_session_and_answer_as_each_alone() {
        assertSame(
                1,
                head(1, TinyModels.linear(1, 3), 3),
                head(2, TinyModels.linear(2, 7), 7),
                head(3, TinyModels.transposed(3, 4), 4));
    }

    @Test
    void other_shapes_are_branches_of_the_same_session() {
        assertSame(
                1,
                head(1, TinyModels.hidden(1, 3), 3),
                head(2, TinyModels.linear(2, 5), 5),
                head(3, TinyModels.halfBias(3, 4), 4),
                head(4, TinyModels.hidden(4, 3), 3));
    }

    @Test
    void a_head_of_another_operator_set_has_a_session_of_its_own() {
        assertSame(
                2,
                head(1, TinyModels.foreign(1, 3), 3),
                head(2, TinyModels.linear(2, 5), 5),
                head(3, TinyModels.linear(3, 5), 5));
    }

    @Test
    void a_head_that_answers_differently_among_others_has_a_session_of_its_own() {
        Head moody = head(1, TinyModels.moody(3), 3);
        Head linear = head(2, TinyModels.linear(2, 5), 5);

        try (Heads heads = Heads.load(List.of(moody, linear))) {
            assertThat(heads.sessions()).isEqualTo(2);
            assertThat(heads.heads()).containsExactlyInAnyOrder(moody, linear);
            assertThat(heads.score(embedding()).probabilities(1)).hasSize(3);
        }
    }

    @Test
    void one_head_is_one_session() {
        assertSame(1, head(1, TinyModels.linear(1, 3), 3));
        assertSame(1, head(1, TinyModels.hidden(1, 3), 3));
    }

    @Test
    void without_heads_there_is_nothing_to_score() {
        try (Heads heads = Heads.load(List.of())) {
            assertThat(heads.sessions()).isZero();
            Scores scores = heads.score(embedding());
            assertThatThrownBy(() -> scores.best(1)).hasMessage("version 1 is not in play");
        }
    }

    @Test
    void the_best_label_is_the_most_probable_one() {
        try (Heads heads = Heads.load(List.of(head(1, TinyModels.head(3, 2), 3), head(2, TinyModels.head(3, 0), 3)))) {
            Scores scores = heads.score(embedding());

            assertThat(scores.best(1)).isEqualTo(2);
            assertThat(scores.best(2)).isZero();
            assertThat(scores.probability(1, 2)).isCloseTo(1f, EQUAL);
            assertThat(scores.probability(1, 0)).isCloseTo(0f, EQUAL);
            assertThatThrownBy(() -> scores.probability(1, 3)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void a_head_that_fails_on_an_embedding_has_no_answer_and_the_others_have_theirs() {
        Head sound = head(1, TinyModels.linear(1, 3), 3);
        Head hidden = head(2, TinyModels.hidden(2, 3), 3);
        Head picky = head(3, TinyModels.picky(3, 4), 4);
        Head fragile = head(4, TinyModels.fragile(4, 2), 2);
        float[] deep = new float[D];
        deep[3] = -20;
        try (Heads heads = Heads.load(List.of(sound, hidden, picky, fragile));
                Heads others = Heads.load(List.of(sound, hidden))) {
            Scores scores = heads.score(deep);

            assertThat(scores.isAnswer(3)).isFalse();
            assertThat(scores.isAnswer(4)).isFalse();
            assertThat(scores.failure())
                    .hasValueSatisfying(why -> assertThat(why).contains("ONNX Runtime failed"));
            for (long version : List.of(1L, 2L)) {
                assertThat(scores.isAnswer(version)).isTrue();
                assertThat(scores.probabilities(version))
                        .containsExactly(others.score(deep).probabilities(version), EQUAL);
            }
            // And of the next embedding all say something
            Scores next = heads.score(new float[D]);
            assertThat(List.of(1L, 2L, 3L, 4L)).allMatch(next::isAnswer);
            assertThat(next.failure()).isEmpty();
        }
    }

    @Test
    void a_head_that_fails_alone_has_no_answer() {
        float[] deep = new float[D];
        deep[3] = -20;
        try (Heads heads = Heads.load(List.of(head(3, TinyModels.picky(3, 4), 4)))) {
            assertThat(heads.score(deep).isAnswer(3)).isFalse();
        }
    }

    @Test
    void each_head_is_timed_by_itself_beginning_with_the_one_that_is_named() {
        List<Head> all = List.of(
                head(1, TinyModels.linear(1, 3), 3),
                head(2, TinyModels.linear(2, 5), 5),
                head(3, TinyModels.picky(3, 4), 4));
        try (Heads heads = Heads.load(all)) {
            List<Integer> places = new ArrayList<>();
            List<Long> nanos = new ArrayList<>();
            heads.time(new float[D], 2, (place, took) -> {
                places.add(place);
                nanos.add(took);
            });
            assertThat(places).containsExactly(2, 0, 1);
            assertThat(nanos).allMatch(took -> took > 0);

            float[] deep = new float[D];
            deep[3] = -20;
            places.clear();
            heads.time(deep, 0, (place, took) -> places.add(place));
            assertThat(places).as("what failed took no time").hasSize(2);
        }
    }

    @Test
    void threads_do_not_disturb_each_other() {
        List<Head> all = List.of(head(1, TinyModels.linear(1, 3), 3), head(2, TinyModels.hidden(2, 5), 5));
        List<float[]> embeddings =
                IntStream.range(0, 200).mapToObj(i -> embedding()).toList();
        try (Heads heads = Heads.load(all)) {
            List<float[]> expected = embeddings.stream()
                    .map(embedding -> heads.score(embedding).probabilities(2))
                    .toList();

            List<float[]> answers = embeddings.parallelStream()
                    .map(embedding -> heads.score(embedding).probabilities(2))
                    .toList();

            for (int i = 0; i < expected.size(); i++) {
                assertThat(answers.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void a_head_with_another_number_of_classes_than_labels_is_refused_by_itself() {
        assertThatThrownBy(() -> head(9, TinyModels.linear(1, 4), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("version 9 has 3 labels, but its head gives 4 probabilities");
    }

    @Test
    void a_head_that_gives_no_probabilities_is_refused_by_itself() {
        assertThatThrownBy(() -> head(9, TinyModels.withoutSoftmax(1, 3), 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("version 9 gives .* where a probability should be");
    }

    @Test
    void a_head_for_embeddings_of_another_length_is_refused_by_itself() {
        assertThatThrownBy(() -> Head.load(9, TinyModels.linear(1, 3), labels(3), D + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("head of version 9");
    }

    @Test
    void bytes_that_are_no_graph_are_refused() {
        assertThatThrownBy(() -> head(9, new byte[] {1, 2, 3}, 3))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("head of version 9");
    }

    private void assertSame(int sessions, Head... all) {
        try (Heads heads = Heads.load(List.of(all))) {
            assertThat(heads.sessions()).isEqualTo(sessions);
            assertThat(heads.heads()).containsExactlyInAnyOrder(all);
            for (int i = 0; i < 20; i++) {
                float[] embedding = embedding();
                Scores scores = heads.score(embedding);
                for (Head head : all) {
                    assertThat(scores.probabilities(head.version())).containsExactly(alone(head, embedding), EQUAL);
                }
            }
        }
    }

    private static float[] alone(Head head, float[] embedding) {
        try (HeadSession session = HeadSession.load("alone", head.onnx(), D)) {
            float[] answer = new float[session.width()];
            session.run(embedding, answer, 0);
            return answer;
        }
    }

    private float[] embedding() {
        float[] embedding = new float[D];
        for (int i = 0; i < D; i++) {
            embedding[i] = 30 * (float) random.nextGaussian();
        }
        return embedding;
    }

    private static Head head(long version, byte[] onnx, int classes) {
        return Head.load(version, onnx, labels(classes), D);
    }

    private static List<String> labels(int classes) {
        return IntStream.range(0, classes).mapToObj(i -> "label" + i).toList();
    }
}
