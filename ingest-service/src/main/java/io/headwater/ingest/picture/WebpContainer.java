package io.headwater.ingest.picture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** The chunks of a WebP (RIFF, little endian). */
final class WebpContainer {
    private static final int RIFF_HEADER = 12;
    private static final int HEADER = 8;
    private static final int ANIMATED = 0x02;
    private static final int CANVAS_END = 10;
    private static final long NO_SIZE = -1;

    private WebpContainer() {}

    /** @throws PictureRefusedException if it is animated */
    static Container scan(byte[] upload) {
        if (upload.length < RIFF_HEADER + HEADER) {
            return Container.broken("it ends within its header");
        }
        ByteBuffer bytes = ByteBuffer.wrap(upload).order(ByteOrder.LITTLE_ENDIAN);
        long whole = Integer.toUnsignedLong(bytes.getInt(4)) + HEADER;
        byte[] exif = Container.noExif();
        long canvas = NO_SIZE;
        long at = RIFF_HEADER;
        while (at + HEADER <= Math.min(whole, upload.length)) {
            int data = (int) at + HEADER;
            long length = Integer.toUnsignedLong(bytes.getInt((int) at + 4));
            String type = new String(upload, (int) at, 4, ISO_8859_1);
            if (type.equals("VP8X") && data < upload.length && (upload[data] & ANIMATED) != 0) {
                throw PictureRefusedException.unsupported(
                        "the upload is an animated WebP, of which no picture can be read; " + PictureType.ACCEPTED);
            }
            if (type.equals("VP8X") && data + CANVAS_END <= upload.length) {
                canvas = ((bytes.getInt(data + 4) & 0xFFFFFFL) + 1) << 32 | ((bytes.getInt(data + 6) >>> 8) + 1);
            }
            // The reader tells the size of the canvas, and then takes memory for that of the frame.
            if (type.equals("VP8 ") && canvas != NO_SIZE && data + CANVAS_END <= upload.length) {
                long frame = (bytes.getShort(data + 6) & 0x3FFFL) << 32 | (bytes.getShort(data + 8) & 0x3FFF);
                if (frame != canvas) {
                    return Container.broken("its frame is not as large as the picture");
                }
            }
            if (type.equals("EXIF") && data + length <= upload.length) {
                exif = Container.exif(upload, data + prefix(upload, data), (int) (data + length));
            }
            at = data + length + (length & 1);
        }
        // The padding byte after the last chunk is often left out.
        return whole > upload.length + 1L || at > upload.length + 1L
                ? Container.broken("it is shorter than its header says, so a part of it is missing")
                : Container.whole(exif);
    }

    /** Some writers put JPEG's "Exif\0\0" before the TIFF header, though the format does not ask for it. */
    private static int prefix(byte[] upload, int data) {
        return data + 6 <= upload.length && new String(upload, data, 6, ISO_8859_1).equals("Exif\0\0") ? 6 : 0;
    }
}
