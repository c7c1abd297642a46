package io.headwater.trainer.backbone;

import io.headwater.trainer.backbone.PixelFormat.ChannelOrder;
import io.headwater.trainer.backbone.PixelFormat.Layout;
import io.headwater.trainer.download.Patience;
import io.headwater.trainer.download.RemoteFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The MobileNetV2 of the ONNX Model Zoo, which PyTorch's makers trained on ImageNet; Apache-2.0. */
final class ImageNetBackbone {
    static final String NAME = "imagenet";

    static final String URL = "https://github.com/onnx/models/raw/main/validated/vision/classification/mobilenet/model/"
            + "mobilenetv2-12.onnx";
    static final String SHA256 = "c0c3f76d93fa3fd6580652a45618618a220fced18babf65774ed169de0432ad5";
    static final long SIZE = 13_964_571;

    private ImageNetBackbone() {}

    /**
     * Where it comes from.
     *
     * @param uri of the very file that {@link #URL} names
     */
    static RemoteFile file(URI uri, Path cache, Patience patience) {
        return new RemoteFile(uri, Optional.of(SHA256), Optional.of(SIZE), cache, patience);
    }

    /** The source of the backbone. */
    static ClassifierBackbone of(RemoteFile file, int inputSize) {
        return new ClassifierBackbone(NAME, file, options(inputSize));
    }

    /** As PyTorch's models of ImageNet want their pictures; the four taps of every MobileNetV2. */
    static ClassifierOptions options(int inputSize) {
        return new ClassifierOptions(
                Optional.of(Layout.NCHW),
                Optional.of(ChannelOrder.RGB),
                Optional.of(List.of(0.0, 1.0)),
                Optional.of(List.of(0.485, 0.456, 0.406)),
                Optional.of(List.of(0.229, 0.224, 0.225)),
                Optional.of(List.of(MobileNetV2.NAME)),
                Optional.of(inputSize));
    }
}
