package io.headwater.local.demo;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells the story, with the seconds since it began. Thread-safe. */
final class Narrator {

    private final PrintWriter out;
    private final long began = System.nanoTime();

    Narrator(PrintWriter out) {
        this.out = out;
    }

    synchronized void chapter(String title) {
        out.println();
        line(title);
    }

    synchronized void say(String format, Object... values) {
        line("  " + String.format(Locale.ROOT, format, values));
    }

    /** A line without a time. */
    synchronized void plain(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
        out.flush();
    }

    long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    }

    private void line(String text) {
        out.printf("[%3d s] %s%n", seconds(), text);
        out.flush();
    }
}
