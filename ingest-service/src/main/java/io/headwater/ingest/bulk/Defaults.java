package io.headwater.ingest.bulk;

import io.headwater.ingest.intake.Upload;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.problem.ProblemKind;
import java.util.Optional;

/**
 * What holds for each image of a batch that doesn't say otherwise.
 *
 * @param source who or what sent it
 * @param label what is on it
 * @param annotator who says so
 * @param known whether that is who is known to call, and no image may say otherwise
 * @param mayLabel whether the caller may give labels
 */
record Defaults(
        Optional<String> source, Optional<String> label, Optional<String> annotator, boolean known, boolean mayLabel) {
    /**
     * An upload of a batch.
     *
     * @param id null for one that is made of the bytes
     * @param folder or what else says what is on it
     * @param signed who says so according to the image itself
     * @throws ProblemException if something breaks a rule, or there is a label that the caller may not give
     */
    Upload upload(byte[] image, String id, Optional<String> folder, Optional<String> from, Optional<String> signed) {
        Optional<String> name = folder.or(this::label);
        if (name.isPresent() && !mayLabel) {
            throw new ProblemException(
                    ProblemKind.FORBIDDEN, "a label needs the role label; send the image without it, in no folder");
        }
        return Upload.of(
                image,
                id,
                from.or(this::source).orElse(null),
                name.orElse(null),
                (known ? annotator : signed.or(this::annotator)).orElse(null));
    }

    Defaults withSource(String other) {
        return new Defaults(Optional.of(other), label, annotator, known, mayLabel);
    }

    Defaults withLabel(String other) {
        return new Defaults(source, Optional.of(other), annotator, known, mayLabel);
    }

    Defaults withAnnotator(String other) {
        return known ? this : new Defaults(source, label, Optional.of(other), false, mayLabel);
    }
}
