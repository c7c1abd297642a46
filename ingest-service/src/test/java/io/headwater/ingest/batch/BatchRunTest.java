package io.headwater.ingest.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BatchRunTest {
    private final ExecutorService readers = Executors.newCachedThreadPool();
    private final AtomicInteger read = new AtomicInteger();

    @AfterEach
    void stop() {
        readers.shutdownNow();
    }

    @Test
    void every_item_has_a_line_and_then_it_ends() throws Exception {
        BatchRun run = start(4, items(3, BatchRunTest::accepted));

        List<Line> lines = lines(run, 3);

        assertThat(lines).extracting(Line::line).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(lines).allSatisfy(line -> assertThat(line.status()).isEqualTo(202));
        assertThat(run.take(() -> false)).isEqualTo(new BatchRun.End(3, Optional.empty()));
    }

    @Test
    void an_item_that_fails_keeps_none_out() throws Exception {
        BatchRun run = start(4, items(3, number -> switch (number) {
            case 1 ->
                BatchItem.refused(
                        Optional.of("a.txt"), new ProblemException(ProblemKind.UNSUPPORTED_IMAGE, "no image"));
            case 2 ->
                new BatchItem(Optional.empty(), () -> {
                    throw new IllegalStateException("a mistake of ours");
                });
            default -> accepted(number);
        }));

        List<Line> lines = lines(run, 3);

        assertThat(lines).extracting(Line::status).containsExactlyInAnyOrder(415, 500, 202);
        assertThat(lines).filteredOn(line -> line.status() == 415).allSatisfy(line -> {
            assertThat(line.name()).contains("a.txt");
            assertThat(line.problem().orElseThrow().detail()).isEqualTo("no image");
        });
        assertThat(lines).filteredOn(line -> line.status() == 500).allSatisfy(line -> assertThat(
                        line.problem().orElseThrow().detail())
                .doesNotContain("mistake of ours"));
    }

    @Test
    void no_more_is_read_than_the_window_while_nothing_is_done() throws Exception {
        ConcurrentLinkedQueue<UniEmitter<? super BatchItem.Outcome>> waiting = new ConcurrentLinkedQueue<>();
        BatchRun run = start(
                2,
                items(
                        5,
                        number -> new BatchItem(Optional.empty(), () -> Uni.createFrom()
                                .<BatchItem.Outcome>emitter(emitter -> waiting.add(emitter)))));
        Awaitility.await().until(() -> waiting.size() == 2);

        Awaitility.await()
                .during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(5))
                .until(() -> read.get() == 2);
        waiting.remove().complete(new BatchItem.Outcome(202, "a", Optional.empty()));
        // Done, but nobody has taken the line yet.
        Awaitility.await()
                .during(Duration.ofMillis(200))
                .atMost(Duration.ofSeconds(5))
                .until(() -> read.get() == 2);
        assertThat(run.take(() -> false)).isInstanceOf(BatchRun.Done.class);
        Awaitility.await().until(() -> read.get() == 3);
        run.stop();
    }

    @Test
    void what_was_read_before_a_batch_broke_still_has_its_lines() throws Exception {
        BatchSource two = items(2, BatchRunTest::accepted);
        BatchRun run = start(4, () -> {
            Optional<BatchItem> item = two.next();
            if (item.isEmpty()) {
                throw new IOException("cut off");
            }
            return item;
        });

        assertThat(lines(run, 2)).extracting(Line::status).containsOnly(202);
        BatchRun.End end = (BatchRun.End) run.take(() -> false);
        assertThat(end.items()).isEqualTo(2);
        assertThat(end.problem().orElseThrow().detail()).contains("cut off");
    }

    @Test
    void a_batch_of_too_many_items_is_read_as_far_as_it_may() throws Exception {
        BatchRun run = start(9, new CountedSource(items(5, BatchRunTest::accepted), 3));

        assertThat(lines(run, 3)).hasSize(3);
        assertThat(((BatchRun.End) run.take(() -> false))
                        .problem()
                        .orElseThrow()
                        .detail())
                .contains("more than 3 items");
    }

    @Test
    void an_error_while_reading_or_working_still_ends_the_batch() throws Exception {
        BatchSource one = items(
                1,
                number -> new BatchItem(Optional.empty(), () -> {
                    throw new StackOverflowError("deep");
                }));
        BatchRun run = start(4, () -> {
            Optional<BatchItem> item = one.next();
            if (item.isEmpty()) {
                throw new NoClassDefFoundError("gone");
            }
            return item;
        });

        assertThat(lines(run, 1)).extracting(Line::status).containsExactly(500);
        BatchRun.End end = (BatchRun.End) run.take(() -> false);
        assertThat(end.items()).isEqualTo(1);
        assertThat(end.problem().orElseThrow().status()).isEqualTo(500);
    }

    @Test
    void nobody_waits_for_a_line_whose_reader_has_gone() {
        CountDownLatch never = new CountDownLatch(1);
        BatchRun run = start(4, () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Optional.empty();
        });

        assertThatThrownBy(() -> run.take(() -> true))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("gone");
        run.stop();
    }

    private BatchRun start(int window, BatchSource source) {
        BatchRun run = new BatchRun(source, window, "/images:batch", readers, Runnable::run);
        run.start();
        return run;
    }

    private interface Item {
        BatchItem number(int number);
    }

    private BatchSource items(int count, Item item) {
        return () -> read.get() == count ? Optional.empty() : Optional.of(item.number(read.incrementAndGet()));
    }

    private static BatchItem accepted(int number) {
        return new BatchItem(Optional.empty(), () -> Uni.createFrom()
                .item(new BatchItem.Outcome(202, "id" + number, Optional.empty())));
    }

    private static List<Line> lines(BatchRun run, int count) throws Exception {
        List<Line> lines = new ArrayList<>();
        while (lines.size() < count) {
            lines.add(((BatchRun.Done) run.take(() -> false)).line());
        }
        return lines;
    }
}
