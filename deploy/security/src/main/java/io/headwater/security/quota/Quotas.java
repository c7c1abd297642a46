package io.headwater.security.quota;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.headwater.security.SecurityConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * How much each account may still do: requests, bytes or both. An account that was silent for two windows and has everything
 * again is forgotten, and so is the longest unused of more than ten thousand.
 */
public final class Quotas {
    /**
     * What became of a request.
     *
     * @param isOver whether it is one too many
     * @param secondsToWait until another may come; 0 unless it was
     * @param limits what is left, as the RateLimit header says it (draft-ietf-httpapi-ratelimit-headers-10)
     */
    public record Answer(boolean isOver, long secondsToWait, String limits) {}

    private record Account(Optional<TokenBucket> requests, Optional<TokenBucket> bytes) {}

    private static final int MOST_ACCOUNTS = 10_000;

    private final OptionalLong requests;
    private final OptionalLong bytes;
    private final Duration window;
    private final LongSupplier nanos;
    private final LoadingCache<String, Account> accounts;

    /**
     * @param requests in a window
     * @param bytes in a window
     * @param nanos what time it is
     */
    Quotas(OptionalLong requests, OptionalLong bytes, Duration window, LongSupplier nanos) {
        this.requests = requests;
        this.bytes = bytes;
        this.window = window;
        this.nanos = nanos;
        this.accounts = Caffeine.newBuilder()
                .maximumSize(MOST_ACCOUNTS)
                .expireAfter(Expiry.<String, Account>accessing((whose, account) -> silence(account, nanos.getAsLong())))
                .ticker(nanos::getAsLong)
                .build(any -> new Account(bucket(requests), bucket(bytes)));
    }

    /**
     * As configured; empty if nothing is bounded.
     *
     * @throws IllegalStateException if a value can't be, with the key, the value and the remedy
     */
    public static Optional<Quotas> of(SecurityConfig.Quota config) {
        OptionalLong bytes =
                config.bytes().map(size -> OptionalLong.of(size.asLongValue())).orElse(OptionalLong.empty());
        require("headwater.quota.requests", config.requests());
        require("headwater.quota.bytes", bytes);
        if (config.window().toSeconds() < 1) {
            throw new IllegalStateException("headwater.quota.window is " + config.window()
                    + ", but must be at least one second; set it to 1m, for instance.");
        }
        return config.requests().isEmpty() && bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(new Quotas(config.requests(), bytes, config.window(), System::nanoTime));
    }

    private static void require(String key, OptionalLong value) {
        if (value.isPresent() && value.getAsLong() < 1) {
            throw new IllegalStateException(
                    key + " is " + value.getAsLong() + ", but must be at least 1; leave it out for no bound.");
        }
    }

    private Optional<TokenBucket> bucket(OptionalLong capacity) {
        return capacity.isPresent()
                ? Optional.of(new TokenBucket(capacity.getAsLong(), window.toNanos(), nanos.getAsLong()))
                : Optional.empty();
    }

    /** What is granted, as the RateLimit-Policy header says it. */
    public String policy() {
        List<String> items = new ArrayList<>();
        requests.ifPresent(quota -> items.add("\"requests\";q=" + quota + ";w=" + window.toSeconds()));
        bytes.ifPresent(quota -> items.add("\"bytes\";q=" + quota + ";qu=\"content-bytes\";w=" + window.toSeconds()));
        return String.join(", ", items);
    }

    /**
     * A request of an account; one too many costs nothing.
     *
     * @param declared bytes of its body, as far as they are known
     */
    public Answer take(String whose, long declared) {
        long now = nanos.getAsLong();
        Account account = accounts.get(whose);
        // Two requests at the same moment may both find the last unit; the debt is paid by whoever comes next.
        boolean over = !account.requests().map(bucket -> bucket.hasSome(now)).orElse(true)
                || !account.bytes().map(bucket -> bucket.hasSome(now)).orElse(true);
        if (!over) {
            account.requests().ifPresent(bucket -> bucket.take(1, now));
            account.bytes().ifPresent(bucket -> bucket.take(declared, now));
        }
        keep(whose, account, now);
        return new Answer(over, over ? wait(account, now) : 0, limits(account, now));
    }

    /** Bytes that came though they were not declared. */
    public void charge(String whose, long amount) {
        long now = nanos.getAsLong();
        Account account = accounts.get(whose);
        account.bytes().ifPresent(bucket -> bucket.take(amount, now));
        keep(whose, account, now);
    }

    long accounts() {
        accounts.cleanUp();
        return accounts.estimatedSize();
    }

    /** What was taken now is not forgotten before it has come back. */
    private void keep(String whose, Account account, long now) {
        accounts.policy().expireVariably().orElseThrow().setExpiresAfter(whose, silence(account, now));
    }

    /** After how much of it an account is forgotten. */
    private Duration silence(Account account, long now) {
        long requests =
                account.requests().map(bucket -> bucket.secondsUntilFull(now)).orElse(0L);
        long bytes = account.bytes().map(bucket -> bucket.secondsUntilFull(now)).orElse(0L);
        Duration full = Duration.ofSeconds(Math.max(requests, bytes));
        Duration twoWindows = window.multipliedBy(2);
        return full.compareTo(twoWindows) > 0 ? full : twoWindows;
    }

    private static long wait(Account account, long now) {
        long requests =
                account.requests().map(bucket -> bucket.secondsUntilSome(now)).orElse(0L);
        long bytes = account.bytes().map(bucket -> bucket.secondsUntilSome(now)).orElse(0L);
        return Math.max(1, Math.max(requests, bytes));
    }

    private static String limits(Account account, long now) {
        List<String> items = new ArrayList<>();
        account.requests().ifPresent(bucket -> items.add(limit("requests", bucket, now)));
        account.bytes().ifPresent(bucket -> items.add(limit("bytes", bucket, now)));
        return String.join(", ", items);
    }

    private static String limit(String name, TokenBucket bucket, long now) {
        return "\"" + name + "\";r=" + bucket.left(now) + ";t=" + bucket.secondsUntilFull(now);
    }
}
