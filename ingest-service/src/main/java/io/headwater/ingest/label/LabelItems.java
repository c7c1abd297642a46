package io.headwater.ingest.label;

import io.headwater.ingest.batch.BatchItem;
import io.headwater.ingest.identity.ImageId;
import io.headwater.ingest.problem.ProblemException;
import io.headwater.ingest.publication.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Optional;

/** Single labels of a batch. */
@ApplicationScoped
class LabelItems {
    private static final int NO_CONTENT = 204;

    private final EventPublisher publisher;
    private final Clock clock;

    LabelItems(EventPublisher publisher, Clock clock) {
        this.publisher = publisher;
        this.clock = clock;
    }

    /**
     * A label that is given; what breaks a rule is refused for this item alone.
     *
     * @param annotator null or blank for nobody known
     */
    BatchItem give(String id, String name, String annotator) {
        try {
            String image = ImageId.parse(id).value();
            Label label = Label.of(name, annotator);
            return new BatchItem(Optional.empty(), () -> publisher
                    .publish(image, label.toEvent(clock.instant()))
                    .replaceWith(() -> new BatchItem.Outcome(NO_CONTENT, image, Optional.of(label.name()))));
        } catch (ProblemException e) {
            return BatchItem.refused(Optional.empty(), e);
        }
    }

    /** A label that is taken back. */
    BatchItem withdraw(String id) {
        try {
            String image = ImageId.parse(id).value();
            return new BatchItem(Optional.empty(), () -> publisher
                    .withdrawLabel(image)
                    .replaceWith(() -> new BatchItem.Outcome(NO_CONTENT, image, Optional.empty())));
        } catch (ProblemException e) {
            return BatchItem.refused(Optional.empty(), e);
        }
    }
}
