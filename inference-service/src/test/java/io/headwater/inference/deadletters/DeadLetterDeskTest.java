package io.headwater.inference.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.headwater.deadletter.DeadLetters;
import io.headwater.inference.fixture.Broker;
import io.headwater.inference.fixture.Stream;
import io.headwater.topics.TopicSpec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The desk on a real broker, without anybody who reads the images. */
class DeadLetterDeskTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Instant NOW = Instant.parse("2026-11-24T19:00:00Z");
    private static final LetterFilter ALL =
            new LetterFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    private final String prefix = UUID.randomUUID() + "-";
    private final Map<String, Object> kafka = Map.of("bootstrap.servers", Broker.bootstrapServers());
    private Stream stream;
    private TopicSpec topic;
    private DeadLetterDesk desk;

    @BeforeEach
    void start() {
        stream = new Stream(Broker.bootstrapServers(), prefix);
        topic = stream.topics().deadLetters(stream.topics().images());
        desk = new DeadLetterDesk(kafka, stream.topics(), new SimpleMeterRegistry(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void without_any_the_page_is_empty() {
        LetterPage page = desk.page(ALL, Optional.empty(), 10);

        assertThat(page.letters()).isEmpty();
        assertThat(page.next()).isEmpty();
    }

    @Test
    void pages_go_from_the_newest_to_the_oldest_and_miss_none() {
        // Given
        for (int i = 0; i < 7; i++) {
            die("image-" + i, i % 2, "reason " + i, NOW.plusSeconds(i));
        }

        // When
        List<String> seen = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            LetterPage page = desk.page(ALL, cursor, 3);
            page.letters().forEach(letter -> seen.add(letter.imageId().orElseThrow()));
            sizes.add(page.letters().size());
            cursor = page.next();
        } while (cursor.isPresent());

        // Then
        assertThat(seen).containsExactly("image-6", "image-5", "image-4", "image-3", "image-2", "image-1", "image-0");
        assertThat(sizes).containsExactly(3, 3, 1);
    }

    @Test
    void a_letter_tells_everything_but_its_bytes() {
        die("image", 1, "why", NOW);

        Letter letter = desk.letter(new LetterId(0, 0)).orElseThrow();

        assertThat(letter)
                .isEqualTo(new Letter(
                        0,
                        0,
                        NOW,
                        "why",
                        Optional.of("image"),
                        Optional.of(new Letter.Origin(stream.topics().images().name(), 1, 100)),
                        5,
                        List.of(),
                        Optional.empty()));
        assertThat(desk.bytes(letter.id()).orElseThrow())
                .asString(StandardCharsets.UTF_8)
                .isEqualTo("bytes");
        assertThat(desk.letter(new LetterId(0, 1))).isEmpty();
        assertThat(desk.letter(new LetterId(5, 0))).isEmpty();
    }

    @Test
    void a_filter_leaves_out_all_else() {
        // Given
        die("a", 0, "the picture is not a JPEG", NOW);
        die("b", 1, "The picture is NOT a JPEG", NOW.plusSeconds(10));
        die("c", 1, "ONNX Runtime failed", NOW.plusSeconds(20));

        assertThat(found(new LetterFilter(
                        Optional.of("not a jpeg"), Optional.empty(), Optional.empty(), Optional.empty())))
                .containsExactly("b", "a");
        assertThat(found(new LetterFilter(
                        Optional.empty(), Optional.of(NOW.plusSeconds(10)), Optional.empty(), Optional.empty())))
                .containsExactly("c", "b");
        assertThat(found(new LetterFilter(
                        Optional.empty(), Optional.empty(), Optional.of(NOW.plusSeconds(10)), Optional.empty())))
                .containsExactly("a");
        assertThat(found(new LetterFilter(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(1))))
                .containsExactly("c", "b");
        assertThat(found(new LetterFilter(
                        Optional.empty(), Optional.of(NOW.plusSeconds(99)), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void what_somebody_else_wrote_there_is_shown_but_not_put_back() {
        // Given
        stream.send(new ProducerRecord<>(topic.name(), null, null));
        die(topic.name(), 0, "x", "why", NOW);
        die(stream.topics().images().name(), 99, "y", "why", NOW);

        // When
        ReplayAnswer answer = desk.replay(by("{\"letters\": [" + id(0) + "," + id(1) + "," + id(2) + "]}"));

        // Then
        assertThat(desk.page(ALL, Optional.empty(), 10).letters()).hasSize(3);
        assertThat(answer.replayed()).isEmpty();
        assertThat(answer.skipped())
                .extracting(ReplayAnswer.Skipped::why)
                .containsExactly(
                        "its headers don't say where it came from",
                        "it came from '" + topic.name() + "', not from '"
                                + stream.topics().images().name() + "'",
                        "'" + stream.topics().images().name() + "' has no partition 99");
        assertThat(stream.committed(stream.topics().images())).isEmpty();
    }

    @Test
    void bytes_key_and_trace_go_back_untouched_with_a_header_that_tells_of_the_replay() {
        // Given
        die("image", 1, "why", NOW);

        // When
        ReplayAnswer answer = desk.replay(by("{\"letters\": [" + id(0) + "]}"));

        // Then
        assertThat(answer.replayed()).containsExactly(new ReplayAnswer.Replayed(0, 0, Optional.of("image"), 1));
        assertThat(answer.more()).isFalse();
        awaitImages(1);
        ConsumerRecord<byte[], byte[]> back =
                stream.committed(stream.topics().images()).get(0);
        assertThat(back.partition()).isEqualTo(1);
        assertThat(back.key()).asString(StandardCharsets.UTF_8).isEqualTo("image");
        assertThat(back.value()).asString(StandardCharsets.UTF_8).isEqualTo("bytes");
        assertThat(back.headers())
                .extracting(header -> header.key(), header -> new String(header.value(), StandardCharsets.UTF_8))
                .containsExactly(
                        tuple("traceparent", "00-trace"),
                        tuple(
                                DeadLetters.REPLAY,
                                "request=" + answer.request() + " at=" + NOW + " letter=0/0 reason=why"));
    }

    @Test
    void what_is_not_there_is_told_and_the_rest_is_put_back() throws ExecutionException, InterruptedException {
        // Given
        die("old", 0, "why", NOW);
        die("new", 0, "why", NOW);
        die("other", 0, "something else", NOW);
        try (Admin admin = Admin.create(kafka)) {
            admin.deleteRecords(Map.of(new TopicPartition(topic.name(), 0), RecordsToDelete.beforeOffset(1)))
                    .all()
                    .get();
        }

        // When
        ReplayAnswer answer = desk.replay(by("{\"reasonContains\": \"why\", \"letters\": [" + id(0) + "," + id(1) + ","
                + id(2) + "," + id(7) + ", {\"partition\": 4, \"offset\": 0}]}"));

        // Then
        assertThat(answer.replayed()).extracting(ReplayAnswer.Replayed::offset).containsExactly(1L);
        assertThat(answer.skipped())
                .extracting(ReplayAnswer.Skipped::offset, ReplayAnswer.Skipped::why)
                .containsExactly(
                        tuple(0L, "it is not there any more: older than the topic keeps"),
                        tuple(2L, "the filter leaves it out"),
                        tuple(7L, "there is none of that offset yet"),
                        tuple(0L, "there is no such partition"));
    }

    @Test
    void a_dry_run_tells_and_does_nothing() {
        die("image", 0, "why", NOW);

        ReplayAnswer dry = desk.replay(by("{\"reasonContains\": \"why\", \"dryRun\": true}"));
        ReplayAnswer real = desk.replay(by("{\"reasonContains\": \"why\"}"));

        assertThat(dry.replayed()).isEqualTo(real.replayed()).hasSize(1);
        assertThat(dry.dryRun()).isTrue();
        awaitImages(1);
        assertThat(stream.committed(stream.topics().replays())).hasSize(1);
    }

    @Test
    void the_limit_leaves_the_rest_to_the_next_request() {
        // Given
        for (int i = 0; i < 5; i++) {
            die("image-" + i, 0, "why", NOW);
        }

        // When
        List<ReplayAnswer> answers = new ArrayList<>();
        do {
            answers.add(desk.replay(by("{\"reasonContains\": \"why\", \"limit\": 2}")));
        } while (answers.get(answers.size() - 1).more());

        // Then
        assertThat(answers).extracting(answer -> answer.replayed().size()).containsExactly(2, 2, 1);
        awaitImages(5);
    }

    @Test
    void another_instance_knows_what_was_put_back() {
        // Given
        die("image", 0, "why", NOW);
        desk.replay(by("{\"reasonContains\": \"why\"}"));

        // When
        DeadLetterDesk other = new DeadLetterDesk(kafka, stream.topics(), new SimpleMeterRegistry(), Clock.systemUTC());
        ReplayAnswer answer = other.replay(by("{\"reasonContains\": \"why\"}"));

        // Then
        assertThat(answer.replayed()).isEmpty();
        assertThat(answer.skipped()).hasSize(1);
        assertThat(other.letter(new LetterId(0, 0))
                        .orElseThrow()
                        .replayed()
                        .orElseThrow()
                        .at())
                .isEqualTo(NOW);
    }

    @Test
    void who_is_shut_out_in_the_middle_puts_nothing_more_back() {
        try (Outbox first = new Outbox(kafka, prefix + "replays");
                Outbox second = new Outbox(kafka, prefix + "replays")) {
            var letter =
                    new ProducerRecord<byte[], byte[]>(stream.topics().images().name(), new byte[1], new byte[1]);
            var mark =
                    new ProducerRecord<byte[], byte[]>(stream.topics().replays().name(), new byte[1], new byte[1]);
            first.add(letter, mark);
            second.add(letter, mark);
            second.commit();

            assertThatThrownBy(first::commit).isInstanceOf(KafkaException.class);
            assertThat(first.committed()).isZero();
        }
        awaitImages(1);
        assertThat(stream.committed(stream.topics().replays())).hasSize(1);
    }

    @Test
    void kafka_that_does_not_answer_is_an_error_and_not_a_wait_for_ever() {
        DeadLetterDesk cut = new DeadLetterDesk(
                Map.of("bootstrap.servers", "127.0.0.1:1"),
                stream.topics(),
                new SimpleMeterRegistry(),
                Clock.systemUTC());

        assertThatThrownBy(() -> cut.page(ALL, Optional.empty(), 1)).isInstanceOf(TimeoutException.class);
    }

    private List<String> found(LetterFilter filter) {
        return desk.page(filter, Optional.empty(), 10).letters().stream()
                .map(letter -> letter.imageId().orElseThrow())
                .toList();
    }

    private void awaitImages(int count) {
        await().atMost(PATIENCE)
                .until(() -> stream.committed(stream.topics().images()).size() == count);
    }

    private void die(String imageId, int partition, String reason, Instant at) {
        die(stream.topics().images().name(), partition, imageId, reason, at);
    }

    private void die(String origin, int partition, String imageId, String reason, Instant at) {
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                origin,
                partition,
                100,
                imageId.getBytes(StandardCharsets.UTF_8),
                "bytes".getBytes(StandardCharsets.UTF_8));
        record.headers().add("traceparent", "00-trace".getBytes(StandardCharsets.UTF_8));
        ProducerRecord<byte[], byte[]> letter = DeadLetters.of(topic.name(), record, reason);
        stream.send(new ProducerRecord<>(
                letter.topic(), 0, at.toEpochMilli(), letter.key(), letter.value(), letter.headers()));
    }

    private static String id(long offset) {
        return "{\"partition\": 0, \"offset\": " + offset + "}";
    }

    private ReplayRequest by(String json) {
        return ReplayRequest.parse(json, desk.topic());
    }
}
