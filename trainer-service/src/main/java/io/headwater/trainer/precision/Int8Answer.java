package io.headwater.trainer.precision;

import io.headwater.trainer.backbone.BackboneFile;

/** What became of the wish for an int8 backbone; each with a sentence for people. */
public sealed interface Int8Answer {
    /** A sentence for people. */
    String reason();

    /**
     * It is made, faster, and as good as it must be.
     *
     * @param file the int8 backbone
     */
    record Offered(BackboneFile file, String reason) implements Int8Answer {}

    /** It is made and not worth it. */
    record Refused(String reason) implements Int8Answer {}

    /** There are too few images or labels yet. */
    record TooEarly(String reason) implements Int8Answer {}
}
