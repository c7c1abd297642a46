package io.headwater.trainer.examples;

import io.headwater.artifacts.Sha256;
import io.headwater.events.Split;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * About one image in five is held out, chosen by a hash of its id alone: whatever happens to its label, and however often
 * the training set is rebuilt, no version is ever measured on what another learnt from.
 */
public final class HoldoutSplit {
    /** Changing it would let later versions be measured on what earlier ones were trained on. */
    private static final byte[] SALT = "headwater holdout 1:".getBytes(StandardCharsets.UTF_8);

    private static final int ONE_IN = 5;

    private HoldoutSplit() {}

    /** The side of the split that an image is on, for ever. */
    public static Split of(String imageId) {
        MessageDigest digest = Sha256.digest();
        digest.update(SALT);
        long hash = ByteBuffer.wrap(digest.digest(imageId.getBytes(StandardCharsets.UTF_8)))
                .getLong();
        return Long.remainderUnsigned(hash, ONE_IN) == 0 ? Split.HOLDOUT : Split.TRAIN;
    }
}
