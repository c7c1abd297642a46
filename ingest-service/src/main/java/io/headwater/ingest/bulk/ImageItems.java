package io.headwater.ingest.bulk;

import io.headwater.ingest.batch.BatchItem;
import io.headwater.ingest.intake.Accepted;
import io.headwater.ingest.intake.BoundedBytes;
import io.headwater.ingest.intake.InFlightBytes;
import io.headwater.ingest.intake.Intake;
import io.headwater.ingest.intake.Upload;
import io.headwater.ingest.intake.UploadLimit;
import io.headwater.ingest.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads single images of a batch into memory, within the bounds of all uploads. */
@ApplicationScoped
class ImageItems {
    private static final int ACCEPTED = 202;

    private final Intake intake;
    private final UploadLimit limit;

    ImageItems(Intake intake, UploadLimit limit) {
        this.intake = intake;
        this.limit = limit;
    }

    /** Reads an image into bytes that have room. */
    interface Reading {
        /** What came, checked when it is called and not before. */
        Supplier<Upload> read(BoundedBytes bytes) throws IOException;
    }

    /**
     * An image that is a file.
     *
     * @param expected bytes, if that is known; else 0
     */
    BatchItem file(String name, InputStream content, long expected, Defaults defaults) throws IOException {
        Optional<String> folder;
        try {
            folder = EntryName.of(name).folder();
        } catch (ProblemException e) {
            return BatchItem.refused(Optional.of(name), e);
        }
        return item(Optional.of(name), expected, bytes -> {
            byte[] image = bytes.readFrom(content).toBytes();
            return () -> defaults.upload(image, null, folder, Optional.empty(), Optional.empty());
        });
    }

    /** An item of whatever is read; what the reading refuses is refused for this item alone. */
    BatchItem item(Optional<String> name, long expected, Reading reading) throws IOException {
        InFlightBytes.Lease room = intake.room();
        boolean handedOver = false;
        try {
            Supplier<Upload> upload = reading.read(limit.bytes(expected, room));
            BatchItem item =
                    new BatchItem(name, () -> intake.accept(room, upload).map(ImageItems::outcome));
            handedOver = true;
            return item;
        } catch (ProblemException e) {
            return BatchItem.refused(name, e);
        } finally {
            if (!handedOver) {
                room.close();
            }
        }
    }

    private static BatchItem.Outcome outcome(Accepted accepted) {
        return new BatchItem.Outcome(ACCEPTED, accepted.id(), accepted.label());
    }
}
