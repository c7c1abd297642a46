package io.headwater.ingest.picture;

import com.drew.lang.ByteArrayReader;
import com.drew.metadata.Metadata;
import com.drew.metadata.exif.ExifIFD0Directory;
import com.drew.metadata.exif.ExifReader;
import com.drew.metadata.exif.ExifSubIFDDirectory;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * What is kept of a picture's EXIF.
 *
 * @param orientation how to turn it
 * @param capturedAt DateTimeOriginal; taken for UTC where the picture does not say its offset
 */
record Exif(Orientation orientation, Optional<Instant> capturedAt) {
    private static final Logger LOG = Logger.getLogger(Exif.class);
    private static final Exif NONE = new Exif(Orientation.UPRIGHT, Optional.empty());

    /** Reads a block from its TIFF header on. A damaged one never makes a picture unusable: it says nothing. */
    @SuppressWarnings("JavaUtilDate") // the library's type
    static Exif parse(byte[] block) {
        if (block.length == 0) {
            return NONE;
        }
        try {
            Metadata metadata = new Metadata();
            new ExifReader().extract(new ByteArrayReader(block), metadata);
            ExifIFD0Directory main = metadata.getFirstDirectoryOfType(ExifIFD0Directory.class);
            ExifSubIFDDirectory details = metadata.getFirstDirectoryOfType(ExifSubIFDDirectory.class);
            Integer orientation = main == null ? null : main.getInteger(ExifIFD0Directory.TAG_ORIENTATION);
            Date captured = details == null ? null : details.getDateOriginal();
            return new Exif(
                    orientation == null ? Orientation.UPRIGHT : Orientation.ofExif(orientation),
                    Optional.ofNullable(captured).map(Date::toInstant));
        } catch (RuntimeException e) {
            LOG.debugf(e, "EXIF ignored bytes=%d", block.length);
            return NONE;
        }
    }
}
