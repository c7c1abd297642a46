package io.headwater.trainer.backbone;

import io.headwater.artifacts.Sha256;

/**
 * An embedding backbone: input {@code image} uint8 {@code [N, inputSize, inputSize, 3]} RGB, output {@code embedding}
 * float32 {@code [N, dimension]}. All that decides what an embedding is, scaling and input size included, is in the file,
 * so two backbones are the same exactly when their ids are.
 *
 * @param name for people
 * @param id SHA-256 of {@code bytes}
 * @param bytes the ONNX file, self-contained
 * @param inputSize H and W of the input, pixels
 * @param dimension D, the width of the embedding
 */
@SuppressWarnings("ArrayRecordComponent") // Carried from the source to the store, never compared.
public record BackboneFile(String name, String id, byte[] bytes, int inputSize, int dimension) {

    /** The backbone that these bytes are. */
    static BackboneFile of(String name, byte[] bytes, int inputSize, int dimension) {
        return new BackboneFile(name, Sha256.of(bytes), bytes, inputSize, dimension);
    }
}
