package io.headwater.trainer.trainingset;

import io.headwater.artifacts.Sha256;
import io.headwater.events.Split;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SHA-256 of the examples of a class, lower-case hex. What is hashed, for each example of both sides in the order of the image
 * ids: the id, the label and the name of the split, in UTF-8 with a zero byte after each, and the embedding as float32, little
 * endian.
 */
final class ClassDigests {
    private final Map<String, MessageDigest> digests = new TreeMap<>();
    private final float[] vector;
    private final ByteBuffer bytes;

    private ClassDigests(int dimension) {
        vector = new float[dimension];
        bytes = ByteBuffer.allocate(dimension * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** By label. Both must be in the order of their ids. */
    static SortedMap<String, String> of(LabelledRows train, LabelledRows holdout) {
        ClassDigests digests = new ClassDigests(train.embeddings().dimension());
        int learnt = 0;
        int held = 0;
        while (learnt < train.size() || held < holdout.size()) {
            boolean takesLearnt = held == holdout.size()
                    || learnt < train.size()
                            && train.ids().get(learnt).compareTo(holdout.ids().get(held)) < 0;
            if (takesLearnt) {
                digests.update(train, learnt++, Split.TRAIN);
            } else {
                digests.update(holdout, held++, Split.HOLDOUT);
            }
        }
        SortedMap<String, String> hex = new TreeMap<>();
        digests.digests.forEach((label, digest) -> hex.put(label, HexFormat.of().formatHex(digest.digest())));
        return hex;
    }

    private void update(LabelledRows rows, int row, Split split) {
        String label = rows.labels().get(row);
        MessageDigest digest = digests.computeIfAbsent(label, unused -> Sha256.digest());
        for (String text : new String[] {rows.ids().get(row), label, split.name()}) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        rows.embeddings().read(row, vector, 0);
        bytes.asFloatBuffer().put(vector);
        digest.update(bytes.array());
    }
}
