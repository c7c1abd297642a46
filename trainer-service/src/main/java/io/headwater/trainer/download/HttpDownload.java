package io.headwater.trainer.download;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;
import org.jboss.logging.Logger;

/**
 * Gets one file over HTTP: goes on where an earlier attempt was cut off, follows redirects, and takes the proxy that Java's
 * standard properties name.
 */
final class HttpDownload {
    private static final Logger LOG = Logger.getLogger(HttpDownload.class);
    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_REFUSED = 416;

    private final URI uri;
    private final Optional<Long> expectedSize;
    private final boolean pinned;
    private final Patience patience;
    private final PartFile part;
    private final Deadline deadline;
    private final HttpClient client;

    /**
     * @param expectedSize bytes that the file must have, where that is known
     * @param pinned whether the hash is checked afterwards, so that pieces of two versions can't go unnoticed
     * @param part where it is put
     */
    HttpDownload(
            URI uri, Optional<Long> expectedSize, boolean pinned, Patience patience, PartFile part, Deadline deadline) {
        this.uri = uri;
        this.expectedSize = expectedSize;
        this.pinned = pinned;
        this.patience = patience;
        this.part = part;
        this.deadline = deadline;
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(patience.connect())
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    /**
     * Brings the whole file into {@code part}.
     *
     * @throws DownloadException if it is given up; what has come stays in {@code part} for the next time
     */
    void run() throws IOException, InterruptedException {
        int failures = 0;
        while (expectedSize.isEmpty() || part.size() != expectedSize.get()) {
            long before = part.size();
            try {
                attempt();
                return;
            } catch (IOException e) {
                failures = part.size() > before ? 0 : failures + 1;
                if (deadline.isOver()) {
                    throw new DownloadException(
                            "it did not come within " + seconds(deadline.total()) + " (" + part.size() + " bytes did): "
                                    + sentence(e),
                            e);
                }
                if (failures >= patience.attempts()) {
                    throw new DownloadException(sentence(e), e);
                }
                Duration wait = deadline.atMost(patience.backoff().multipliedBy(1L << Math.min(6, failures)));
                LOG.warnf(
                        "download interrupted uri=%s bytes=%d, goes on in %d ms: %s",
                        uri, part.size(), wait.toMillis(), sentence(e));
                Thread.sleep(wait.toMillis());
            }
        }
    }

    private void attempt() throws IOException, InterruptedException {
        HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
                client.send(request(), HttpResponse.BodyHandlers.ofPublisher());
        try (BodyPieces body = new BodyPieces()) {
            response.body().subscribe(body);
            switch (response.statusCode()) {
                case OK -> part.restart(response.headers());
                case PARTIAL -> checkRange(response.headers());
                case RANGE_REFUSED -> {
                    // What came before is no beginning of what the server has now.
                    part.delete();
                    attempt();
                    return;
                }
                default -> refuse(response.statusCode());
            }
            take(body, total(response.headers()));
        }
    }

    private HttpRequest request() throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(deadline.atMost(patience.stall()).plusMillis(1))
                .header("User-Agent", "headwater");
        long bytes = part.size();
        Optional<String> validator = part.validator();
        if (bytes > 0 && (validator.isPresent() || pinned)) {
            request.header("Range", "bytes=" + bytes + "-");
            validator.ifPresent(version -> request.header("If-Range", version));
        }
        return request.build();
    }

    private void checkRange(HttpHeaders headers) throws IOException {
        String range = headers.firstValue("Content-Range").orElse("");
        if (!range.startsWith("bytes " + part.size() + "-")) {
            part.delete();
            throw new IOException("the server sent another part of it (" + range + ") than was asked for; begun anew");
        }
    }

    private static void refuse(int status) throws IOException {
        if (status >= 500 || status == 408 || status == 429) {
            throw new IOException("the server answers " + status);
        }
        throw new DownloadException(
                status >= 300 && status < 400
                        ? "the server answers " + status + " again and again, or leads from https to http"
                        : "the server answers " + status);
    }

    private OptionalLong total(HttpHeaders headers) throws IOException {
        OptionalLong length = headers.firstValueAsLong("Content-Length");
        if (length.isEmpty()) {
            return length;
        }
        long total = part.size() + length.getAsLong();
        checkSize(total);
        if (expectedSize.isPresent() && expectedSize.get() != total) {
            part.delete();
            throw new DownloadException(
                    "the server has " + total + " bytes of it, and it should be " + expectedSize.get());
        }
        return OptionalLong.of(total);
    }

    private void take(BodyPieces body, OptionalLong total) throws IOException, InterruptedException {
        long bytes = part.size();
        Progress progress = new Progress(uri, total, bytes, System.nanoTime());
        try (FileChannel channel = part.append()) {
            List<ByteBuffer> pieces = next(body);
            while (!pieces.isEmpty()) {
                bytes += PartFile.write(channel, pieces);
                checkSize(bytes);
                progress.at(bytes, System.nanoTime()).ifPresent(line -> LOG.infof("download %s", line));
                pieces = next(body);
            }
            channel.force(true);
        }
        LOG.infof("download complete %s", progress.line(bytes, System.nanoTime()));
    }

    private List<ByteBuffer> next(BodyPieces body) throws IOException, InterruptedException {
        if (deadline.isOver()) {
            throw new IOException("it is too slow");
        }
        return body.next(deadline.atMost(patience.stall()));
    }

    private void checkSize(long bytes) throws IOException {
        if (bytes > FileSource.LARGEST) {
            part.delete();
            throw new DownloadException(
                    "it has more than " + FileSource.LARGEST + " bytes, which are too many to embed every image with");
        }
    }

    private static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** Java gives some of these no message at all. */
    private String sentence(IOException e) {
        if (e instanceof HttpConnectTimeoutException) {
            return "no connection to " + uri.getHost() + " within " + seconds(patience.connect());
        }
        if (e instanceof HttpTimeoutException) {
            return uri.getHost() + " does not answer";
        }
        if (e instanceof ConnectException) {
            boolean unknown = e.getCause() != null && e.getCause().getCause() instanceof UnresolvedAddressException
                    || e.getCause() instanceof UnresolvedAddressException;
            return "no connection to " + uri.getHost() + (unknown ? ": there is no such host" : "");
        }
        return String.valueOf(e.getMessage());
    }
}
