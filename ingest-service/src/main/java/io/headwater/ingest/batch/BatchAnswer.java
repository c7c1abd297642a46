package io.headwater.ingest.batch;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.headwater.ingest.problem.Connections;
import io.headwater.ingest.problem.UnreadBody;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Writes the lines of a batch as they are done, on the thread of the request, and the last line at its end. A client that
 * reads none for too long loses its connection, and with it the batch.
 */
final class BatchAnswer implements StreamingOutput {
    private static final long NOT_WRITING = Long.MAX_VALUE;

    private final BatchRun run;
    private final ObjectMapper json;
    private final RoutingContext request;
    private final Duration writeTimeout;
    private final Runnable atEnd;
    private volatile long writingSince = NOT_WRITING;
    private long accepted;
    private long refused;

    BatchAnswer(BatchRun run, ObjectMapper json, RoutingContext request, Duration writeTimeout, Runnable atEnd) {
        this.run = run;
        this.json = json;
        this.request = request;
        this.writeTimeout = writeTimeout;
        this.atEnd = atEnd;
    }

    @Override
    public void write(OutputStream out) throws IOException {
        long watchdog = request.vertx().setPeriodic(Math.max(1, writeTimeout.toMillis() / 4), tick -> closeIfStuck());
        run.start();
        try {
            LastLine last = writeLines(out);
            write(out, last);
            flush(out);
            if (!last.complete()) {
                request.vertx().runOnContext(now -> UnreadBody.discard(request));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("the service stops");
        } finally {
            request.vertx().cancelTimer(watchdog);
            run.stop();
            atEnd.run();
        }
    }

    private LastLine writeLines(OutputStream out) throws IOException, InterruptedException {
        BatchRun.End end = null;
        while (end == null || accepted + refused < end.items()) {
            if (run.isIdle()) {
                flush(out);
            }
            BatchRun.Event event = run.take(request.response()::closed);
            if (event instanceof BatchRun.Done done) {
                count(done.line());
                write(out, done.line());
            } else {
                end = (BatchRun.End) event;
            }
        }
        return new LastLine(end.problem().isEmpty(), accepted, refused, end.problem());
    }

    private void count(Line line) {
        if (line.status() < 300) {
            accepted++;
        } else {
            refused++;
        }
    }

    private void write(OutputStream out, Object line) throws IOException {
        byte[] bytes = json.writeValueAsBytes(line);
        writingSince = System.nanoTime();
        out.write(bytes);
        out.write('\n');
        writingSince = NOT_WRITING;
    }

    private void flush(OutputStream out) throws IOException {
        writingSince = System.nanoTime();
        out.flush();
        writingSince = NOT_WRITING;
    }

    private void closeIfStuck() {
        long since = writingSince;
        if (since != NOT_WRITING
                && System.nanoTime() - since > TimeUnit.MILLISECONDS.toNanos(writeTimeout.toMillis())) {
            Connections.drop(request);
        }
    }
}
