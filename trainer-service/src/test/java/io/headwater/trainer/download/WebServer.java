package io.headwater.trainer.download;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A web server with one file, and with every bad habit that a test wants. */
public final class WebServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();

    private volatile byte[] file;
    private volatile Optional<String> etag = Optional.of("\"1\"");
    private volatile boolean ranges = true;
    private volatile int cutAfter = Integer.MAX_VALUE;
    private volatile int cuts;
    private volatile int failures;
    private volatile int failureStatus = 503;
    private volatile boolean stalling;

    /** Serves {@code file} at every path but {@code /missing}, {@code /moved} and {@code /round}. */
    public WebServer(byte[] file) throws IOException {
        this.file = file.clone();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.createContext("/missing", exchange -> status(exchange, 404));
        server.createContext("/moved", exchange -> redirect(exchange, "/file.onnx"));
        server.createContext("/round", exchange -> redirect(exchange, "/round"));
        server.start();
    }

    /** The address of a path. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + path);
    }

    /** What was asked for: for each request its Range header, or {@code all}. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    WebServer replace(byte[] newFile, String newEtag) {
        file = newFile.clone();
        etag = Optional.of(newEtag);
        return this;
    }

    WebServer withoutVersion() {
        etag = Optional.empty();
        return this;
    }

    WebServer withoutRanges() {
        ranges = false;
        return this;
    }

    /** Breaks the next connections after so many bytes. */
    WebServer cutting(int times, int bytes) {
        cuts = times;
        cutAfter = bytes;
        return this;
    }

    /** Answers the next requests with an error. */
    WebServer failing(int times, int status) {
        failures = times;
        failureStatus = status;
        return this;
    }

    /** Sends half the file and then nothing for as long as it is there. */
    public WebServer stalling() {
        stalling = true;
        return this;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        requests.add(range == null ? "all" : range);
        if (failures > 0) {
            failures--;
            status(exchange, failureStatus);
            return;
        }
        etag.ifPresent(tag -> exchange.getResponseHeaders().set("ETag", tag));
        String expected = exchange.getRequestHeaders().getFirst("If-Range");
        boolean same = expected == null || etag.filter(expected::equals).isPresent();
        int from = range == null || !ranges || !same
                ? 0
                : Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (from >= file.length) {
            status(exchange, 416);
            return;
        }
        if (from > 0) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + from + "-" + (file.length - 1) + "/" + file.length);
        }
        exchange.sendResponseHeaders(from > 0 ? 206 : 200, file.length - from);
        send(exchange, from);
    }

    private void send(HttpExchange exchange, int from) throws IOException {
        OutputStream body = exchange.getResponseBody();
        if (stalling) {
            body.write(file, from, (file.length - from) / 2);
            body.flush();
            try {
                closed.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        } else if (cuts > 0) {
            cuts--;
            body.write(file, from, Math.min(cutAfter, file.length - from));
            body.flush();
        } else {
            body.write(file, from, file.length - from);
        }
        exchange.close();
    }

    private static void status(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static void redirect(HttpExchange exchange, String path) throws IOException {
        exchange.getResponseHeaders().set("Location", path);
        status(exchange, 302);
    }

    @Override
    public void close() {
        closed.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
