package io.headwater.trainer.training;

import io.headwater.artifacts.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * About one image in ten of the training side is set aside in large trainings, to stop in time, to choose between two
 * heads and for the temperature. It is chosen by a hash of the image id alone, so the stable head that a training starts
 * from has never learnt from it either.
 */
public final class CalibrationPart {
    /** Another one than the holdout's; changing it would let heads be chosen on what the stable one learnt from. */
    private static final byte[] SALT = "headwater calibration 1:".getBytes(StandardCharsets.UTF_8);

    private static final int ONE_IN = 10;

    private CalibrationPart() {}

    /** Whether an image of the training side is set aside, for ever. */
    public static boolean has(String imageId) {
        return Long.remainderUnsigned(hash(imageId), ONE_IN) == 0;
    }

    /** Evenly distributed, and the same for ever. */
    static long hash(String imageId) {
        MessageDigest digest = Sha256.digest();
        digest.update(SALT);
        return ByteBuffer.wrap(digest.digest(imageId.getBytes(StandardCharsets.UTF_8)))
                .getLong();
    }
}
