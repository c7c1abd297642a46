package io.headwater.ingest.picture;

import java.util.Arrays;
import java.util.Optional;

/**
 * What the container of a picture says without decoding it.
 *
 * @param defect why it can't be whole, as the end of a sentence; decoders are lenient and would fill what is missing with grey
 * @param exif its EXIF block, from the TIFF header on; empty if it has none
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy would buy nothing inside this package
record Container(Optional<String> defect, byte[] exif) {
    private static final byte[] NONE = {};
    private static final int LARGEST_EXIF = 1 << 20;

    static Container whole(byte[] exif) {
        return new Container(Optional.empty(), exif);
    }

    static Container broken(String defect) {
        return new Container(Optional.of(defect), NONE);
    }

    static byte[] noExif() {
        return NONE;
    }

    /** Copies an EXIF block; one that is absurdly large is as good as none. */
    static byte[] exif(byte[] upload, int from, int to) {
        return to - from > LARGEST_EXIF || to <= from ? NONE : Arrays.copyOfRange(upload, from, to);
    }
}
