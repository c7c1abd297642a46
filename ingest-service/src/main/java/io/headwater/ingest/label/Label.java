package io.headwater.ingest.label;

import io.headwater.events.ImageLabelled;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.time.Instant;

/**
 * What somebody says is on an image.
 *
 * @param name the class: trimmed, 1 to 64 characters, printable
 * @param annotator who says it: at most 128 characters
 */
public record Label(String name, String annotator) {
    private static final int LONGEST = 64;
    private static final String NOBODY_KNOWN = "anonymous";

    /**
     * Checks a label and who gave it.
     *
     * @param annotator null or blank for {@code anonymous}
     * @throws ProblemException (400) that names the rule that is broken
     */
    public static Label of(String name, String annotator) {
        if (name == null) {
            throw new ProblemException(
                    ProblemKind.INVALID_LABEL,
                    "there is no label; send {\"label\": \"...\"} or the label as text/plain");
        }
        return new Label(
                PlainText.require(ProblemKind.INVALID_LABEL, "label", name, LONGEST),
                annotator == null || annotator.isBlank() ? NOBODY_KNOWN : PlainText.note("annotator", annotator));
    }

    /** The event that says so. */
    public ImageLabelled toEvent(Instant now) {
        return ImageLabelled.newBuilder()
                .setLabel(name)
                .setAnnotator(annotator)
                .setLabelledAt(now)
                .build();
    }
}
