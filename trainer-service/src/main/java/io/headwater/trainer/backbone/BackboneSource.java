package io.headwater.trainer.backbone;

/** Where a backbone comes from: what {@code headwater.backbone} names. */
public sealed interface BackboneSource permits BundledBackbone, ClassifierBackbone, AutoBackbone {

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

    /** The name of the backbone, for people; {@value AutoBackbone#NAME} where it is not decided yet. */
    String name();

    /**
     * Gets the backbone and makes its file; the same bytes every time. May take long, and may be called from any thread.
     *
     * @throws BackboneException if it can't be had or can't be used; the message says what to do about it
     */
    BackboneFile acquire();

    /**
     * Gets the backbone that this chose once: where it leaves the choice open, another call of {@link #acquire()} might
     * choose another.
     *
     * @param chosen the name of the backbone that was chosen
     * @throws BackboneException as {@link #acquire()}
     */
    default BackboneFile acquire(String chosen) {
        return acquire();
    }

    /**
     * Whether this is one certain backbone: when another one is recorded, it is changed to this. Where the choice is left
     * open, what is recorded stays.
     */
    default boolean isBinding() {
        return true;
    }
}
