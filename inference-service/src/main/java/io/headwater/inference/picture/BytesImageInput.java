package io.headwater.inference.picture;

import javax.imageio.stream.ImageInputStreamImpl;

/** Bytes in memory as ImageIO wants to read them, without a second copy in a cache of its own. */
final class BytesImageInput extends ImageInputStreamImpl {
    private final byte[] bytes;

    @SuppressWarnings("this-escape")
    BytesImageInput(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() {
        bitOffset = 0;
        return streamPos < bytes.length ? bytes[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) {
        bitOffset = 0;
        int count = (int) Math.min(length, bytes.length - streamPos);
        if (count <= 0) {
            return -1;
        }
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
