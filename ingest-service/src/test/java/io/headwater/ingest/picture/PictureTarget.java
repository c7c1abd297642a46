package io.headwater.ingest.picture;

import static io.headwater.ingest.fuzz.FuzzTarget.require;

import io.headwater.ingest.fuzz.FuzzTarget;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** Any bytes are a small picture or a refusal with a sentence. The limits are smaller than a service's, as is the heap. */
public final class PictureTarget implements FuzzTarget {
    private static final long PIXELS = 4_000_000;
    private static final long MEMORY = 32L << 20;
    private static final int LONGEST_SENTENCE = 1000;

    private final PictureDecoder decoder = new PictureDecoder(PIXELS, MEMORY, Duration.ofSeconds(1));
    private final JpegEncoder encoder = new JpegEncoder(0.9f);

    @Override
    public Map<String, byte[]> seeds() {
        Map<String, byte[]> seeds = new TreeMap<>();
        BufferedImage small = Pictures.quadrants(40, 30);
        for (String format : new String[] {"jpeg", "png", "gif", "bmp", "tiff"}) {
            seeds.put(format, Pictures.write(small, format));
        }
        seeds.put("gif-animated", Pictures.animatedGif());
        seeds.put("jpeg-cmyk", Pictures.cmykJpeg(40, 30));
        seeds.put("jpeg-exif", Pictures.withExif(Pictures.jpeg(40, 30), 6));
        seeds.put("jpeg-progressive", Pictures.progressiveJpeg(small));
        seeds.put("png-deep", Pictures.write(Pictures.deep(20, 20), "png"));
        seeds.put(
                "png-palette",
                Pictures.write(Pictures.quadrants(40, 30, "RGBY", BufferedImage.TYPE_BYTE_INDEXED), "png"));
        seeds.put(
                "png-alpha", Pictures.write(Pictures.quadrants(40, 30, "RGB ", BufferedImage.TYPE_4BYTE_ABGR), "png"));
        seeds.put("png-grey", Pictures.write(Pictures.quadrants(40, 30, "WWWW", BufferedImage.TYPE_BYTE_GRAY), "png"));
        for (String name : new String[] {"lossy", "lossless-alpha", "exif-rotated"}) {
            seeds.put("webp-" + name, Pictures.resource(name + ".webp"));
        }
        return seeds;
    }

    @Override
    public void take(byte[] input) {
        BufferedImage image;
        try {
            image = decoder.decode(input).image();
        } catch (PictureRefusedException e) {
            String sentence = e.getMessage();
            require(e.reason() != null && sentence.length() <= LONGEST_SENTENCE, "a sentence of " + sentence.length());
            require(!sentence.contains("(null)"), "says nothing: " + sentence);
            return;
        }
        require(image.getType() == BufferedImage.TYPE_3BYTE_BGR, "three channels of 8 bits");
        require(
                Math.min(image.getWidth(), image.getHeight()) <= PictureDecoder.SHORTER_SIDE
                        && Math.max(image.getWidth(), image.getHeight()) <= PictureDecoder.LONGER_SIDE,
                "small, not " + image.getWidth() + " x " + image.getHeight());
        BufferedImage again = decoder.decode(encoder.encode(image)).image();
        require(
                again.getWidth() == image.getWidth() && again.getHeight() == image.getHeight(),
                "what is sent on is the same size");
    }
}
