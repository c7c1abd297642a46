package io.headwater.trainer.backbone;

/** What the weights of a backbone are. */
public enum Precision {
    /** float32, as they come. */
    FP32,
    /** int8, made of those. */
    INT8
}
