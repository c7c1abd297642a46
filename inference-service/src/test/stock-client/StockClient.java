import java.util.Arrays;
import java.util.List;
import triton.client.InferInput;
import triton.client.InferRequestedOutput;
import triton.client.InferResult;
import triton.client.InferenceServerClient;
import triton.client.InferenceServerClient.InferArguments;
import triton.client.pojo.DataType;

/**
 * Triton's own Java client, as it is published, against a server of the Open Inference Protocol. Started by a test in a process
 * of its own, since the client brings its own old Jackson along. Arguments: host:port and the size of the pictures.
 */
public final class StockClient {
    public static void main(String[] args) throws Exception {
        int size = Integer.parseInt(args[1]);
        byte[] pixels = new byte[2 * size * size * 3];
        Arrays.fill(pixels, (byte) 100);
        long[] shape = {2, size, size, 3};
        try (InferenceServerClient client = new InferenceServerClient(args[0], 10_000, 10_000)) {
            for (boolean binary : new boolean[] {true, false}) {
                InferInput image = new InferInput("image", shape, DataType.UINT8);
                image.setData(pixels, binary);
                InferResult result = client.infer(new InferArguments(
                                "headwater",
                                List.of(image),
                                List.of(
                                        new InferRequestedOutput("probabilities", binary),
                                        new InferRequestedOutput("embedding", binary)))
                        .setModelVersion(binary ? "" : "6")
                        .setRequestId("request-1"));
                System.out.println("binary=" + binary
                        + " version=" + result.getResponse().getModelVersion()
                        + " id=" + result.getResponse().getId()
                        + " probabilities=" + Arrays.toString(result.getOutputAsFloat("probabilities"))
                        + " embedding=" + result.getOutputAsFloat("embedding").length);
            }
        }
    }
}
