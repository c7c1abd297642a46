package io.headwater.trainer.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.artifacts.ArtifactContent;
import io.headwater.artifacts.ArtifactException;
import io.headwater.events.Artifact;
import io.headwater.events.ModelPublished;
import io.headwater.events.RolloutChanged;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every artifact store promises. */
abstract class ArtifactStoreContract {
    private static final String URI = "models/1/head.onnx";

    private ArtifactStore store;
    private VersionDirectories versions;

    /** A store that is empty for each test. */
    abstract ArtifactStore empty() throws Exception;

    @BeforeEach
    void open() throws Exception {
        store = empty();
        versions = new VersionDirectories(store);
    }

    @Test
    void gives_back_what_was_written_and_leaves_nothing_else_behind() {
        Artifact artifact = store.write(URI, new byte[] {1, 2, 3});

        assertThat(store.read(artifact)).containsExactly(1, 2, 3);
        assertThat(artifact)
                .isEqualTo(new Artifact(URI, "039058c6f2c0cb492c533b0a4d14ef77cc0f78abccced5287d84a1a2011cfb81", 3L));
        assertThat(store.list("models")).containsExactly(URI);
        assertThat(store.exists(URI)).isTrue();
    }

    @Test
    void a_large_file_can_be_read_in_pieces_and_its_size_is_known_before() throws IOException {
        byte[] bytes = new byte[20_000_000];
        new Random(1).nextBytes(bytes);
        store.write(URI, bytes);

        try (ArtifactContent content = store.open(URI).orElseThrow()) {
            assertThat(content.size()).isEqualTo(bytes.length);
            content.stream().skipNBytes(19_000_000);
            assertThat(content.stream().readAllBytes()).isEqualTo(Arrays.copyOfRange(bytes, 19_000_000, bytes.length));
        }
    }

    @Test
    void a_reader_that_stops_half_way_blocks_nobody() throws IOException {
        store.write(URI, new byte[5_000_000]);

        for (int i = 0; i < 60; i++) {
            try (ArtifactContent content = store.open(URI).orElseThrow()) {
                assertThat(content.stream().read()).isZero();
            }
        }
    }

    @Test
    void the_later_of_two_files_of_one_name_is_read() {
        store.write(URI, new byte[] {1, 2, 3});

        Artifact later = store.write(URI, new byte[] {4});

        assertThat(store.read(later)).containsExactly(4);
    }

    @Test
    void refuses_a_file_with_one_flipped_bit() {
        Artifact artifact = store.write(URI, new byte[] {1, 2, 3});
        store.write(URI, new byte[] {1, 2, 2});

        assertThatThrownBy(() -> store.read(artifact))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("should have SHA-256 " + artifact.getSha256());
    }

    @Test
    void refuses_a_file_that_was_cut_off() {
        Artifact artifact = store.write(URI, new byte[] {1, 2, 3});
        store.write(URI, new byte[] {1, 2});

        assertThatThrownBy(() -> store.read(artifact))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("should have 3 bytes, but has 2");
    }

    @Test
    void refuses_an_announced_size_that_no_artifact_has() {
        Artifact impossible = new Artifact(URI, "0".repeat(64), Long.MAX_VALUE);

        assertThatThrownBy(() -> store.read(impossible))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining("impossible size");
    }

    @Test
    void what_is_not_there_is_said_to_be_missing_and_where() {
        assertThat(store.open(URI)).isEmpty();
        assertThat(store.exists(URI)).isFalse();
        assertThat(store.list("models")).isEmpty();
        assertThatThrownBy(() -> store.read(new Artifact(URI, "0".repeat(64), 3L)))
                .isInstanceOf(ArtifactException.class)
                .hasMessageContaining(URI)
                .hasMessageContaining(store.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../elsewhere",
                "models/../../elsewhere",
                "models/./1",
                "models/%2e%2e/secret",
                "models\\..\\..\\secret",
                "/etc/passwd",
                "file:///etc/passwd",
                "https://example.org/model.onnx",
                "s3://other/model.onnx",
                "//host/secret",
                "models//1",
                "models/",
                ".",
                "..",
                "",
                "a b",
                "x\0y"
            })
    void a_uri_that_leads_elsewhere_is_refused_by_every_door(String uri) {
        Artifact artifact = new Artifact(uri, "0".repeat(64), 1L);

        assertRefused(() -> store.read(artifact));
        assertRefused(() -> store.open(uri));
        assertRefused(() -> store.write(uri, new byte[1]));
        assertRefused(() -> store.reserve(uri));
        assertRefused(() -> store.exists(uri));
        assertRefused(() -> {
            store.delete(uri);
            return null;
        });
    }

    private static void assertRefused(Callable<?> door) {
        assertThatThrownBy(door::call).isInstanceOf(ArtifactException.class).hasMessageContaining("names no artifact");
    }

    @Test
    void a_name_that_only_begins_like_a_directory_is_not_in_it() {
        store.write("models/1/head.onnx", new byte[1]);
        store.write("models/10/head.onnx", new byte[1]);
        store.write("models-old/1/head.onnx", new byte[1]);

        assertThat(store.list("models")).containsExactly("models/1/head.onnx", "models/10/head.onnx");
        assertThat(store.list("models/1")).containsExactly("models/1/head.onnx");
    }

    @Test
    void a_removed_file_is_gone_and_its_neighbours_stay() {
        store.write("models/1/head.onnx", new byte[1]);
        store.write("models/1/model.onnx", new byte[1]);

        store.delete("models/1/head.onnx");
        store.delete("models/1/head.onnx");

        assertThat(store.list("models")).containsExactly("models/1/model.onnx");
    }

    @Test
    void of_many_who_reserve_a_name_at_the_same_time_one_gets_it() throws Exception {
        List<Boolean> answers = atTheSameTime(8, () -> store.reserve("reserved/7"));

        assertThat(answers).containsOnlyOnce(true);
    }

    @Test
    void of_many_who_write_a_file_at_the_same_time_one_wins_whole() throws Exception {
        byte[] first = new byte[300_000];
        byte[] second = new byte[200_000];
        Arrays.fill(second, (byte) 7);
        Random which = new Random(5);

        atTheSameTime(8, () -> store.write(URI, which.nextBoolean() ? first : second));

        try (ArtifactContent content = store.open(URI).orElseThrow()) {
            assertThat(content.stream().readAllBytes()).isIn(first, second);
        }
        assertThat(store.list("models")).containsExactly(URI);
    }

    @Test
    void of_many_trainers_that_take_a_number_at_the_same_time_each_gets_its_own() throws Exception {
        List<Long> numbers = atTheSameTime(8, () -> versions.reserve(0));

        assertThat(numbers).doesNotHaveDuplicates().allMatch(number -> number > 0);
    }

    @Test
    void every_character_that_a_uri_may_have_is_kept() {
        String odd = "models/1/a_-.B..c/0-._/..x";

        Artifact artifact = store.write(odd, new byte[] {1});

        assertThat(store.read(artifact)).containsExactly(1);
        assertThat(store.list("models/1")).containsExactly(odd);
        store.delete(odd);
        assertThat(store.exists(odd)).isFalse();
    }

    @Test
    void garbage_goes_after_its_grace_and_the_numbers_stay_taken() {
        MutableClock clock = new MutableClock();
        GarbageCollection garbage = new GarbageCollection(store, new Retention(1, Duration.ofMinutes(10)), clock);
        List<ModelPublished> recorded = List.of(
                Recorded.version(1, OptionalLong.empty(), "old"), Recorded.version(2, OptionalLong.empty(), "bb"));
        RolloutChanged rollout = Recorded.rollout("bb").build();
        versions.reserve(0);
        versions.reserve(1);
        for (String uri : List.of(
                "models/1/head.onnx",
                "models/1/model.onnx",
                "models/2/head.onnx",
                "models/3/head.onnx",
                "backbones/old.onnx",
                "backbones/bb.onnx")) {
            store.write(uri, new byte[1]);
        }

        assertThat(garbage.collect(recorded, rollout, clock.instant())).isEmpty();
        assertThat(garbage.isDue()).isFalse();
        clock.pass(Duration.ofMinutes(10));
        assertThat(garbage.isDue()).isTrue();

        assertThat(garbage.collect(recorded, rollout, clock.instant()))
                .containsExactly("backbones/old.onnx", "models/1/head.onnx", "models/1/model.onnx");
        assertThat(store.list("models")).containsExactly("models/2/head.onnx", "models/3/head.onnx");
        assertThat(store.list("backbones")).containsExactly("backbones/bb.onnx");
        assertThat(versions.reserve(0)).isEqualTo(4);
    }

    @Test
    void garbage_is_looked_for_soon_after_something_was_recorded_and_else_seldom() {
        MutableClock clock = new MutableClock();
        GarbageCollection garbage = new GarbageCollection(store, new Retention(1, Duration.ofMinutes(10)), clock);
        garbage.collect(List.of(), Recorded.rollout("bb").build(), clock.instant());
        clock.pass(Duration.ofMinutes(59));
        assertThat(garbage.isDue()).isFalse();

        garbage.recorded();
        clock.pass(Duration.ofSeconds(29));
        assertThat(garbage.isDue()).isFalse();
        clock.pass(Duration.ofSeconds(1));
        assertThat(garbage.isDue()).isTrue();
    }

    @Test
    void what_is_needed_again_in_its_grace_stays_and_its_time_begins_anew() {
        MutableClock clock = new MutableClock();
        GarbageCollection garbage = new GarbageCollection(store, new Retention(1, Duration.ofMinutes(10)), clock);
        List<ModelPublished> recorded = List.of(
                Recorded.version(1, OptionalLong.empty(), "bb"), Recorded.version(2, OptionalLong.empty(), "bb"));
        RolloutChanged without = Recorded.rollout("bb").build();
        RolloutChanged rolledBack =
                Recorded.serving(Recorded.rollout("bb"), Optional.of(1L), Optional.empty(), List.of());
        store.write("models/1/head.onnx", new byte[1]);
        garbage.collect(recorded, without, clock.instant());
        clock.pass(Duration.ofMinutes(9));
        garbage.collect(recorded, rolledBack, clock.instant());
        clock.pass(Duration.ofMinutes(9));

        assertThat(garbage.collect(recorded, without, clock.instant())).isEmpty();
        assertThat(store.exists("models/1/head.onnx")).isTrue();
    }

    @Test
    void a_trainer_that_stood_still_after_reading_removes_nothing() {
        MutableClock clock = new MutableClock();
        GarbageCollection garbage = new GarbageCollection(store, new Retention(1, Duration.ofMinutes(10)), clock);
        List<ModelPublished> recorded = List.of(
                Recorded.version(1, OptionalLong.empty(), "bb"), Recorded.version(2, OptionalLong.empty(), "bb"));
        RolloutChanged rollout = Recorded.rollout("bb").build();
        store.write("models/1/head.onnx", new byte[1]);
        garbage.collect(recorded, rollout, clock.instant());
        clock.pass(Duration.ofMinutes(20));
        Instant readAt = clock.instant();
        clock.pass(GarbageCollection.FRESH.plusMillis(1));

        assertThat(garbage.collect(recorded, rollout, readAt)).isEmpty();
        assertThat(store.exists("models/1/head.onnx")).isTrue();
        assertThat(garbage.isDue()).isTrue();
    }

    private static <T> List<T> atTheSameTime(int threads, Callable<T> work) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> all = pool.invokeAll(
                    IntStream.range(0, threads).mapToObj(i -> work).toList());
            List<T> answers = new ArrayList<>();
            for (Future<T> one : all) {
                answers.add(one.get());
            }
            return answers;
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void a_number_is_above_all_records_and_all_reserved_ones() {
        assertThat(versions.reserve(0)).isEqualTo(1);
        assertThat(versions.reserve(0)).isEqualTo(2);
        assertThat(versions.reserve(7)).isEqualTo(8);
        assertThat(versions.reserve(3)).isEqualTo(9);
    }

    @Test
    void a_number_is_above_every_version_that_has_files() {
        store.write("models/4/head.onnx", new byte[1]);

        assertThat(versions.reserve(0)).isEqualTo(5);
    }

    @Test
    void leftovers_without_a_record_are_removed_but_their_number_stays_taken() {
        versions.reserve(0);
        versions.reserve(0);
        store.write("models/1/head.onnx", new byte[1]);
        store.write("models/2/head.onnx", new byte[1]);
        store.write("models/2/model.onnx", new byte[1]);
        store.write("models/config.pbtxt", new byte[1]);

        assertThat(versions.clearUnfinished(versions.inventory(), Set.of(1L))).containsExactly(2L);

        assertThat(store.list("models")).containsExactly("models/1/head.onnx", "models/config.pbtxt");
        assertThat(versions.clearUnfinished(versions.inventory(), Set.of(1L))).isEmpty();
        assertThat(versions.reserve(1)).isEqualTo(3);
    }

    @Test
    void what_another_writer_adds_after_the_inventory_is_not_removed() {
        store.write("models/1/head.onnx", new byte[1]);
        VersionDirectories.Inventory inventory = versions.inventory();
        store.write("models/2/head.onnx", new byte[1]);

        assertThat(versions.clearUnfinished(inventory, Set.of())).containsExactly(1L);

        assertThat(store.list("models")).containsExactly("models/2/head.onnx");
    }
}
