package io.headwater.ingest.picture;

import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;

/**
 * Picks out the warnings that mean wrong pixels. libjpeg only warns when data is missing or can't be, and fills in grey;
 * stray bytes between two segments are common and harmless.
 */
final class DamageListener implements IIOReadWarningListener {
    private Optional<String> found = Optional.empty();

    @Override
    public void warningOccurred(ImageReader source, String warning) {
        boolean harmful = warning.startsWith("Premature end")
                || (warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes"));
        if (harmful && found.isEmpty()) {
            found = Optional.of(warning);
        }
    }

    Optional<String> found() {
        return found;
    }
}
