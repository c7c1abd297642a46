package io.headwater.security.access;

import com.github.benmanes.caffeine.cache.Ticker;
import io.headwater.security.SecurityConfig;
import io.headwater.security.keys.ApiKey;
import io.headwater.security.keys.KeyCheck;
import io.headwater.security.keys.KeyFile;
import io.headwater.security.keys.KeyFileException;
import io.headwater.security.keys.KeyringWatch;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Looks at API keys. One is proved at a time, and few may wait; those that nobody can have wait in a line of their own. So whoever
 * sends wrong keys as fast as he can takes one processor at most, those with a key that was used lately never wait for
 * him, and others only if he knows the id of a key.
 */
@ApplicationScoped
public class KeyDesk {
    /** Too many are waiting to be proved. */
    static final class CrowdedException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final Logger LOG = Logger.getLogger(KeyDesk.class);
    private static final int MOST_WAITING = 64;
    private static final int REMEMBERED = 1_000;

    private final SecurityConfig.Keys config;
    private final Vertx vertx;
    private final AtomicInteger ofSomebody = new AtomicInteger();
    private final AtomicInteger ofNobody = new AtomicInteger();
    private volatile KeyCheck check;
    private volatile WorkerExecutor prover;
    private volatile WorkerExecutor idler;

    KeyDesk(SecurityConfig config, Vertx vertx) {
        this.config = config.keys();
        this.vertx = vertx;
    }

    /**
     * Reads the keys, and goes on looking whether they change.
     *
     * @throws KeyFileException if they can't be used
     */
    void open() {
        KeyringWatch watch =
                new KeyringWatch(new KeyFile(config.file()), why -> LOG.errorf("the keys stay as they were: %s", why));
        LOG.infof("keys file=%s keys=%d", config.file(), watch.current().size());
        check = new KeyCheck(watch::current, REMEMBERED, config.remembered(), Ticker.systemTicker());
        prover = vertx.createSharedWorkerExecutor("headwater-keys", 1);
        idler = vertx.createSharedWorkerExecutor("headwater-unknown-keys", 1);
        vertx.setPeriodic(
                config.refresh().toMillis(),
                timer -> prover.executeBlocking(() -> {
                    if (watch.refresh()) {
                        LOG.infof("keys changed keys=%d", watch.current().size());
                    }
                    return null;
                }));
    }

    /** The key that was sent, or nothing if it is none or good no more; fails with a {@link CrowdedException}. */
    Uni<Optional<ApiKey>> find(String text) {
        if (!check.isKey(text)) {
            return Uni.createFrom().item(Optional.empty());
        }
        Optional<ApiKey> known = check.recall(text);
        if (known.isPresent()) {
            return Uni.createFrom().item(known);
        }
        return check.isOfSomebody(text) ? prove(text, prover, ofSomebody) : prove(text, idler, ofNobody);
    }

    private Uni<Optional<ApiKey>> prove(String text, WorkerExecutor line, AtomicInteger waiting) {
        if (waiting.incrementAndGet() > MOST_WAITING) {
            waiting.decrementAndGet();
            return Uni.createFrom().failure(new CrowdedException());
        }
        return Uni.createFrom().completionStage(() -> line.executeBlocking(() -> check.prove(text))
                .onComplete(done -> waiting.decrementAndGet())
                .toCompletionStage());
    }

    @PreDestroy
    void close() {
        if (prover != null) {
            prover.close();
            idler.close();
        }
    }
}
