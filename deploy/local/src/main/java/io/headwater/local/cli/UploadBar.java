package io.headwater.local.cli;

import io.headwater.local.upload.Upload;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on a terminal; elsewhere (a file, a pipe) a line now and then. */
final class UploadBar implements Upload.Progress, AutoCloseable {

    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final PrintWriter out;
    private final boolean terminal = System.console() != null;
    private final AtomicInteger done = new AtomicInteger();
    private ProgressBar bar;
    private int total;
    private long began = System.nanoTime();
    private long ended;
    private long lastLine = began;

    UploadBar(PrintWriter out) {
        this.out = out;
    }

    @Override
    public synchronized void begin(int toSend, int sentBefore) {
        if (sentBefore > 0) {
            out.printf("%d were sent before and are left out.%n", sentBefore);
            out.flush();
        }
        total = toSend;
        began = System.nanoTime();
        lastLine = began;
        if (terminal && toSend > 0) {
            bar = new ProgressBarBuilder()
                    .setTaskName("Sending")
                    .setInitialMax(toSend)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(200)
                    .setUnit(" images", 1)
                    .showSpeed()
                    .build();
        }
    }

    @Override
    public void step() {
        int now = done.incrementAndGet();
        synchronized (this) {
            if (bar != null) {
                bar.step();
            } else if (System.nanoTime() - lastLine > LINE_NANOS) {
                lastLine = System.nanoTime();
                out.printf("  %d of %d%n", now, total);
                out.flush();
            }
        }
    }

    /** Images a second from the beginning to {@link #close}. */
    synchronized double perSecond() {
        return total == 0 ? 0 : done.get() * 1e9 / Math.max(1, ended - began);
    }

    @Override
    public synchronized void close() {
        if (ended == 0) {
            ended = System.nanoTime();
        }
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
