package io.headwater.trainer.backbone;

/** Where a backbone comes from: what {@code headwater.backbone} names. */
public sealed interface BackboneSource permits BundledBackbone {

    /** H and W of the input where nobody says otherwise, pixels. */
    int DEFAULT_INPUT_SIZE = 224;

    /**
     * The backbone that comes with the service, {@code openimages}.
     *
     * @param inputSize H and W of the input, pixels
     */
    static BackboneSource openimages(int inputSize) {
        return new BundledBackbone(inputSize);
    }

    /**
     * Gets the backbone and makes its file; the same bytes every time. May take long, and may be called from any thread.
     *
     * @throws BackboneException if it can't be had or can't be used; the message says what to do about it
     */
    BackboneFile acquire();
}
