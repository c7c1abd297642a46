package io.headwater.trainer.card;

import io.headwater.events.Estimate;
import java.util.List;
import java.util.Locale;

/** Markdown, piece by piece. What people have typed goes through {@link #text(String)}. */
final class Markdown {
    /** Of these a sentence may have as many as it likes: between letters they mean nothing. */
    private static final String HARMLESS = "-,;'\"%=/?";

    private final StringBuilder out = new StringBuilder();

    /** Words from outside, which mean themselves: no link, no HTML, no cell and no line ends with them. */
    static String text(String words) {
        StringBuilder escaped = new StringBuilder();
        words.strip().codePoints().forEach(point -> {
            if (Character.isWhitespace(point) || Character.isISOControl(point)) {
                escaped.append(' ');
                return;
            }
            boolean punctuation = point > ' ' && point < 127 && !Character.isLetterOrDigit(point);
            if (punctuation && HARMLESS.indexOf(point) < 0) {
                escaped.append('\\');
            }
            escaped.appendCodePoint(point);
        });
        return escaped.toString();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }

    /** {@code 0.912 (0.874 to 0.940)}. */
    static String estimate(Estimate estimate) {
        return number(estimate.getValue()) + " (" + number(estimate.getLow()) + " to " + number(estimate.getHigh())
                + ")";
    }

    Markdown title(String title) {
        out.append("# ").append(title).append("\n\n");
        return this;
    }

    Markdown section(String title) {
        out.append("## ").append(title).append("\n\n");
        return this;
    }

    Markdown paragraph(String format, Object... values) {
        out.append(String.format(Locale.ROOT, format, values)).append("\n\n");
        return this;
    }

    Markdown list(List<String> items) {
        items.forEach(item -> out.append("- ").append(item).append('\n'));
        out.append('\n');
        return this;
    }

    /** Rows as wide as the header. */
    Markdown table(List<String> header, List<List<String>> rows) {
        row(header);
        row(header.stream().map(unused -> "---").toList());
        rows.forEach(this::row);
        out.append('\n');
        return this;
    }

    private void row(List<String> cells) {
        out.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
