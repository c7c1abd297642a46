package io.headwater.ingest.picture;

import java.awt.image.BufferedImage;
import java.time.Instant;
import java.util.Optional;

/**
 * A decoded picture: upright, sRGB, opaque, small.
 *
 * @param image of type 3BYTE_BGR
 * @param capturedAt when it was taken, if its metadata said so
 */
public record Picture(BufferedImage image, Optional<Instant> capturedAt) {}
