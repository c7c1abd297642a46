package io.headwater.trainer.backbone;

import io.headwater.artifacts.Sha256;

/**
 * An embedding backbone.
 *
 * @param name for people
 * @param id SHA-256 of {@code bytes}
 * @param bytes the ONNX file
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from the builder to the store, never compared.
public record BackboneFile(String name, String id, byte[] bytes) {

    /** The backbone that this file is. */
    static BackboneFile of(String name, byte[] bytes) {
        return new BackboneFile(name, Sha256.of(bytes), bytes);
    }
}
