package io.headwater.inference.v2.infer;

import io.headwater.inference.model.Shared;
import io.headwater.inference.rollout.Generation;
import io.headwater.inference.v2.protocol.ProtocolException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/**
 * One request on its way. It holds the lease of one generation from before its first image until after its last, so a swap
 * in the middle changes nothing for it. It is answered once; what it holds is freed when no thread works on it any more, which
 * is later if it was given up.
 */
public final class InferJob {
    private static final Logger LOG = Logger.getLogger(InferJob.class);

    private final Arrival arrival;
    private final Consumer<Reply> answer;
    private final Runnable freed;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final AtomicReference<ProtocolException> failure = new AtomicReference<>();
    private final AtomicInteger next = new AtomicInteger();
    private final AtomicInteger unfinished = new AtomicInteger();

    private Plan plan;
    private Shared<Generation> lease;

    /**
     * @param answer is told once, on any thread
     * @param freed runs once, when the memory of the request is free
     */
    InferJob(Arrival arrival, Consumer<Reply> answer, Runnable freed) {
        this.arrival = arrival;
        this.answer = answer;
        this.freed = freed;
    }

    /** Answers with a refusal at once if it has no answer yet; images that are not begun stay undone. */
    public void giveUp(ProtocolException why) {
        failure.compareAndSet(null, why);
        answer(new Reply.Refusal(why));
    }

    /** Reads the request and works on its images, together with others where there are several. */
    void run(InferPool pool) {
        try {
            if (failure.get() == null) {
                lease = pool.catalogue().lease();
                plan = pool.plan(arrival, lease.get());
            }
        } catch (ProtocolException e) {
            failure.compareAndSet(null, e);
        } catch (RuntimeException e) {
            failure.compareAndSet(null, internal(e));
        }
        if (failure.get() != null) {
            finish();
            return;
        }
        int images = plan.images().count();
        unfinished.set(images);
        pool.help(this, images - 1);
        work(pool.scorer());
    }

    /** Takes one image after the other until all are taken. */
    void work(ImageScorer scorer) {
        for (int image = next.getAndIncrement(); image < plan.images().count(); image = next.getAndIncrement()) {
            try {
                if (failure.get() == null) {
                    scorer.score(plan.images(), image, plan.served(), plan.answers());
                }
            } catch (ProtocolException e) {
                failure.compareAndSet(null, e);
            } catch (RuntimeException e) {
                failure.compareAndSet(null, internal(e));
            } finally {
                if (unfinished.decrementAndGet() == 0) {
                    finish();
                }
            }
        }
    }

    private void finish() {
        Reply reply;
        try {
            reply = failure.get() == null
                    ? new Reply.Result(plan.response(), plan.images().count())
                    : new Reply.Refusal(failure.get());
        } catch (RuntimeException e) {
            reply = new Reply.Refusal(internal(e));
        }
        // Before the answer: who has it may send the next request, and must find the room free.
        free();
        answer(reply);
    }

    private static ProtocolException internal(RuntimeException e) {
        LOG.error("inference request failed", e);
        return new ProtocolException(500, "the service failed; its log says why");
    }

    private void answer(Reply reply) {
        if (answered.compareAndSet(false, true)) {
            answer.accept(reply);
        }
    }

    private void free() {
        arrival.body().close();
        if (lease != null) {
            lease.release();
        }
        freed.run();
    }
}
