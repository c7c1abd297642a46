package io.headwater.inference.model;

/** What {@code headwater.inference.device} asks for. */
public enum Device {
    /** The processor. */
    CPU,
    /** An Nvidia GPU, or the service does not start. */
    CUDA,
    /** An Nvidia GPU if there is one that can be used, else the processor. */
    AUTO
}
