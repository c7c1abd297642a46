package io.headwater.security;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.jboss.logmanager.ExtLogRecord;

/** All that is logged while it is open, as an operator would read it: messages, parameters and stack traces. */
public final class CapturedLog extends Handler implements AutoCloseable {
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final Logger root = Logger.getLogger("");

    private final Formatter formatter = new Formatter() {
        @Override
        public String format(LogRecord logged) {
            StringBuilder text = new StringBuilder(logged.getLoggerName() + " ");
            text.append(
                    logged instanceof ExtLogRecord extended ? extended.getFormattedMessage() : formatMessage(logged));
            for (Throwable cause = logged.getThrown(); cause != null; cause = cause.getCause()) {
                text.append('\n').append(cause);
            }
            return text.toString();
        }
    };

    public CapturedLog() {
        root.addHandler(this);
    }

    /** What there was until now. */
    public List<String> lines() {
        synchronized (lines) {
            return List.copyOf(lines);
        }
    }

    /** That of one category, without its name. */
    public List<String> lines(String category) {
        return lines().stream()
                .filter(line -> line.startsWith(category + " "))
                .map(line -> line.substring(category.length() + 1))
                .toList();
    }

    @Override
    public void publish(LogRecord logged) {
        lines.add(formatter.format(logged));
    }

    @Override
    public void flush() {
        // Nothing is kept back.
    }

    @Override
    public void close() {
        root.removeHandler(this);
    }
}
