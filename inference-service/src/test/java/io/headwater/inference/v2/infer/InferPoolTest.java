package io.headwater.inference.v2.infer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.headwater.inference.artifact.ArtifactRefusedException;
import io.headwater.inference.fixture.TestStore;
import io.headwater.inference.picture.PictureReader;
import io.headwater.inference.rollout.InPlay;
import io.headwater.inference.rollout.Serving;
import io.headwater.inference.v2.model.Catalogue;
import io.headwater.inference.v2.protocol.Body;
import io.headwater.inference.v2.protocol.ProtocolException;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InferPoolTest {
    private static final InferSettings SETTINGS = new InferSettings(2, 8, 1 << 20, 1 << 20, 64, Duration.ofSeconds(30));

    @TempDir
    Path directory;

    private final Serving serving = new Serving();
    private final AtomicInteger freed = new AtomicInteger();
    private TestStore store;

    @BeforeEach
    void version_5_is_stable() throws ArtifactRefusedException {
        store = new TestStore(directory);
        InPlay.put(serving, store, TestStore.rollout(1, store.backbone(1)).setStable(store.head(5, 1)));
    }

    @AfterEach
    void end() {
        InPlay.end(serving);
    }

    @Test
    void a_swap_in_the_middle_of_a_request_changes_nothing_for_it() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch swapped = new CountDownLatch(1);
        PictureReader slow = (jpeg, target) -> {
            reading.countDown();
            pass(swapped);
            target.clear();
        };
        try (InferPool pool = new InferPool(new Catalogue(serving), SETTINGS, size -> slow)) {
            CompletableFuture<Reply> before = new CompletableFuture<>();
            pool.submit(arrival(4), before::complete, freed::incrementAndGet);
            pass(reading);

            InPlay.put(serving, store, TestStore.rollout(2, store.backbone(2)).setStable(store.head(6, 2)));
            CompletableFuture<Reply> after = new CompletableFuture<>();
            swapped.countDown();
            pool.submit(arrival(1), after::complete, freed::incrementAndGet);

            assertThat(text(before)).contains("\"model_version\":\"5\"", "\"shape\":[4,1]", "1.000000:1:dog");
            assertThat(text(after)).contains("\"model_version\":\"6\"", "1.000000:2:eel");
        }
        assertThat(freed).hasValue(2);
    }

    @Test
    void the_images_of_one_request_are_worked_on_side_by_side() throws Exception {
        // Nobody passes before two are there.
        CyclicBarrier two = new CyclicBarrier(2);
        PictureReader together = (jpeg, target) -> {
            try {
                two.await(30, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
            target.clear();
        };
        try (InferPool pool = new InferPool(new Catalogue(serving), SETTINGS, size -> together)) {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            pool.submit(arrival(2), reply::complete, freed::incrementAndGet);

            assertThat(text(reply)).contains("\"shape\":[2,1]");
        }
    }

    @Test
    void a_request_that_is_given_up_is_answered_at_once_and_frees_its_memory_later() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        AtomicInteger read = new AtomicInteger();
        PictureReader slow = (jpeg, target) -> {
            read.incrementAndGet();
            reading.countDown();
            pass(go);
            target.clear();
        };
        InferSettings one = new InferSettings(1, 8, 1 << 20, 1 << 20, 64, Duration.ofSeconds(30));
        try (InferPool pool = new InferPool(new Catalogue(serving), one, size -> slow)) {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            InferJob job = pool.submit(arrival(5), reply::complete, freed::incrementAndGet);
            pass(reading);

            job.giveUp(new ProtocolException(503, "too late"));

            assertThat(reply.get(10, TimeUnit.SECONDS))
                    .isInstanceOfSatisfying(Reply.Refusal.class, refusal -> assertThat(refusal.why())
                            .hasMessage("too late"));
            assertThat(freed).hasValue(0);
            go.countDown();
            await().untilAsserted(() -> assertThat(freed).hasValue(1));
            assertThat(read).hasValue(1);
        }
    }

    @Test
    void a_failure_of_ours_is_not_explained_to_the_client() throws Exception {
        PictureReader broken = (jpeg, target) -> {
            throw new IllegalStateException("secret");
        };
        try (InferPool pool = new InferPool(new Catalogue(serving), SETTINGS, size -> broken)) {
            CompletableFuture<Reply> reply = new CompletableFuture<>();
            pool.submit(arrival(3), reply::complete, freed::incrementAndGet);

            assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(Reply.Refusal.class, refusal -> {
                assertThat(refusal.why().status()).isEqualTo(500);
                assertThat(refusal.why()).hasMessage("the service failed; its log says why");
            });
        }
        assertThat(freed).hasValue(1);
    }

    @Test
    void a_pool_that_is_closed_turns_requests_away() throws Exception {
        InferPool pool = new InferPool(new Catalogue(serving), SETTINGS, size -> (jpeg, target) -> target.clear());
        pool.close();
        CompletableFuture<Reply> reply = new CompletableFuture<>();

        pool.submit(arrival(1), reply::complete, freed::incrementAndGet);

        assertThat(reply.get(10, TimeUnit.SECONDS)).isInstanceOfSatisfying(Reply.Refusal.class, refusal -> assertThat(
                        refusal.why().status())
                .isEqualTo(503));
        assertThat(freed).hasValue(1);
    }

    private static Arrival arrival(int images) {
        String json = "{\"inputs\":[{\"name\":\"image\",\"datatype\":\"BYTES\",\"shape\":[" + images + "],\"data\":["
                + String.join(",", java.util.Collections.nCopies(images, "\"AAAA\""))
                + "]}],\"outputs\":[{\"name\":\"probabilities\",\"parameters\":{\"classification\":1}}]}";
        Body body = new Body(json.length());
        body.add(Unpooled.wrappedBuffer(json.getBytes(StandardCharsets.UTF_8)));
        return new Arrival(Optional.empty(), Optional.empty(), false, body);
    }

    private static String text(CompletableFuture<Reply> reply) throws Exception {
        Reply.Result result = (Reply.Result) reply.get(30, TimeUnit.SECONDS);
        return new String(result.written().body(), StandardCharsets.UTF_8);
    }

    private static void pass(CountDownLatch latch) {
        try {
            if (!latch.await(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("not within 30 s");
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
