package io.headwater.ingest.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/** The segments of a JPEG (ITU T.81, annex B). */
final class JpegContainer {
    /** A progressive JPEG needs about ten; thousands over many pixels are made to keep a decoder busy. */
    private static final int MOST_SCANS = 100;

    private static final byte[] EXIF = "Exif\0\0".getBytes(ISO_8859_1);
    private static final int EOI = 0xD9;
    private static final int SOS = 0xDA;
    private static final int APP1 = 0xE1;

    private final byte[] upload;
    private byte[] exif = Container.noExif();
    private int scans;

    private JpegContainer(byte[] upload) {
        this.upload = upload;
    }

    static Container scan(byte[] upload) {
        return new JpegContainer(upload).scan();
    }

    private Container scan() {
        int at = nextMarker(2);
        while (at < upload.length) {
            int marker = upload[at] & 0xFF;
            if (marker == EOI) {
                return scans == 0
                        ? Container.broken("it has no image data")
                        : Container.whole(exif).inPasses(scans > 1);
            }
            at = nextMarker(standsAlone(marker) ? at + 1 : segment(marker, at + 1));
            if (scans > MOST_SCANS) {
                return Container.broken("it has more than " + MOST_SCANS + " scans");
            }
        }
        return Container.broken("it ends before its end-of-image marker, so a part of it is missing");
    }

    private static boolean standsAlone(int marker) {
        return marker == 0x01 || (marker >= 0xD0 && marker <= 0xD8);
    }

    /** Where the segment ends whose length stands at {@code at}. */
    private int segment(int marker, int at) {
        if (at + 2 > upload.length) {
            return upload.length;
        }
        int end = at + Math.max(2, ((upload[at] & 0xFF) << 8) | (upload[at + 1] & 0xFF));
        if (marker == SOS) {
            scans++;
        } else if (marker == APP1 && exif.length == 0 && end <= upload.length && isExif(at + 2, end)) {
            exif = Container.exif(upload, at + 2 + EXIF.length, end);
        }
        return end;
    }

    private boolean isExif(int from, int end) {
        return end - from > EXIF.length && Arrays.equals(upload, from, from + EXIF.length, EXIF, 0, EXIF.length);
    }

    /**
     * The byte after the next 0xFF that begins a marker: not stuffed (FF 00), not padding (FF FF), not a restart
     * (D0..D7), which only stands between the data of one scan. The length of the upload if there is none.
     */
    private int nextMarker(int from) {
        for (int at = from; at < upload.length - 1; at++) {
            if (upload[at] == (byte) 0xFF) {
                int next = upload[at + 1] & 0xFF;
                if (next != 0 && next != 0xFF && (next < 0xD0 || next > 0xD7)) {
                    return at + 1;
                }
            }
        }
        return upload.length;
    }
}
