package io.headwater.ingest.picture;

import java.time.Duration;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadProgressListener;

/**
 * Ends a decode that takes too long, between two rows and on its own thread: the JDK's JPEG reader lets no other thread
 * interrupt it.
 */
final class Deadline implements IIOReadProgressListener {
    private final long end;
    private boolean passed;

    Deadline(Duration limit) {
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** Whether the decode was ended, and its picture is only a part. */
    boolean passed() {
        return passed;
    }

    @Override
    public void imageProgress(ImageReader source, float percentage) {
        if (!passed && System.nanoTime() - end > 0) {
            passed = true;
            source.abort();
        }
    }

    @Override
    public void sequenceStarted(ImageReader source, int minIndex) {}

    @Override
    public void sequenceComplete(ImageReader source) {}

    @Override
    public void imageStarted(ImageReader source, int imageIndex) {}

    @Override
    public void imageComplete(ImageReader source) {}

    @Override
    public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {}

    @Override
    public void thumbnailProgress(ImageReader source, float percentage) {}

    @Override
    public void thumbnailComplete(ImageReader source) {}

    @Override
    public void readAborted(ImageReader source) {}
}
