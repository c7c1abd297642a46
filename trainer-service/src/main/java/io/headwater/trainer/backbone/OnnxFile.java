package io.headwater.trainer.backbone;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.InvalidProtocolBufferException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Reads an ONNX file that somebody else wrote, and says in a sentence what is wrong with one that can't be used. */
final class OnnxFile {
    /** Since this operator set the operators that are put around the network are written as they are now. */
    private static final long OLDEST_OPSET = 7;
    /** The newest operator set and format that ONNX Runtime 1.21 knows. */
    private static final long NEWEST_OPSET = 22;

    private static final long NEWEST_IR_VERSION = 10;
    private static final int BEGINNING = 200;

    private OnnxFile() {}

    /**
     * The model in {@code bytes}, which has all its weights.
     *
     * @throws BackboneException if it is none, or one that ONNX Runtime doesn't know; the message begins with "it"
     */
    static ModelProto parse(byte[] bytes) {
        refuseText(bytes);
        ModelProto model;
        try {
            model = ModelProto.parseFrom(bytes);
        } catch (InvalidProtocolBufferException e) {
            throw new BackboneException(
                    "it is not an ONNX model, or only the beginning of one (" + bytes.length + " bytes): "
                            + e.getMessage(),
                    e);
        }
        if (!model.hasGraph() || model.getGraph().getNodeCount() == 0 || model.getIrVersion() == 0) {
            throw new BackboneException("it is not an ONNX model: there is no graph in its " + bytes.length + " bytes");
        }
        refuseVersions(model);
        refuseExternalWeights(model);
        return model;
    }

    private static void refuseText(byte[] bytes) {
        String beginning = new String(bytes, 0, Math.min(BEGINNING, bytes.length), StandardCharsets.ISO_8859_1)
                .strip()
                .toLowerCase(Locale.ROOT);
        if (beginning.startsWith("<!doctype") || beginning.startsWith("<html") || beginning.startsWith("<?xml")) {
            throw new BackboneException("it is a web page and not an ONNX model; give the address of the file itself");
        }
        if (beginning.startsWith("version https://git-lfs")) {
            throw new BackboneException("it is only Git LFS's pointer to an ONNX model; get the file itself, with"
                    + " 'git lfs pull' or by its download address");
        }
    }

    private static void refuseVersions(ModelProto model) {
        if (model.getIrVersion() > NEWEST_IR_VERSION) {
            throw new BackboneException("it is written in version " + model.getIrVersion()
                    + " of the ONNX format, and ONNX Runtime here knows those up to " + NEWEST_IR_VERSION
                    + "; export it with an older onnx package");
        }
        long opset = model.getOpsetImportList().stream()
                .filter(set -> set.getDomain().isEmpty() || set.getDomain().equals("ai.onnx"))
                .mapToLong(OperatorSetIdProto::getVersion)
                .max()
                .orElse(0);
        if (opset < OLDEST_OPSET || opset > NEWEST_OPSET) {
            throw new BackboneException("it uses the operator set " + opset + ", but this needs one from "
                    + OLDEST_OPSET + " to " + NEWEST_OPSET + "; export it again with such an opset version");
        }
    }

    private static void refuseExternalWeights(ModelProto model) {
        for (TensorProto tensor : model.getGraph().getInitializerList()) {
            if (tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL) {
                String file = tensor.getExternalDataList().stream()
                        .filter(entry -> entry.getKey().equals("location"))
                        .map(entry -> "'" + entry.getValue() + "'")
                        .findFirst()
                        .orElse("another file");
                throw new BackboneException("it keeps its weights in " + file
                        + "; save it as one file, in Python with onnx.save_model(onnx.load(path), one_path)");
            }
        }
    }
}
