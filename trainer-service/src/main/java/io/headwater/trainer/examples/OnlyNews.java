package io.headwater.trainer.examples;

import io.headwater.artifacts.Sha256;
import io.headwater.events.LabelledExample;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lets an example pass only when its label or its embedding differs from the last one of the same image. A picture that is
 * sent again is embedded again, and would otherwise count as a new label.
 */
final class OnlyNews extends ContextualFixedKeyProcessor<String, LabelledExample, LabelledExample> {
    static final String STORE = "last-examples";

    private KeyValueStore<String, byte[]> last;

    @Override
    public void init(FixedKeyProcessorContext<String, LabelledExample> context) {
        super.init(context);
        last = context.getStateStore(STORE);
    }

    @Override
    public void process(FixedKeyRecord<String, LabelledExample> entry) {
        byte[] known = last.get(entry.key());
        byte[] digest = entry.value() == null ? null : digest(entry.value());
        if (Arrays.equals(known, digest)) {
            return;
        }
        last.put(entry.key(), digest);
        context().forward(entry);
    }

    private static byte[] digest(LabelledExample example) {
        MessageDigest digest = Sha256.digest();
        digest.update(example.getLabel().getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
        digest.update(example.getVector().duplicate());
        return digest.digest();
    }
}
