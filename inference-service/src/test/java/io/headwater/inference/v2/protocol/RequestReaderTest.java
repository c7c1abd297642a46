package io.headwater.inference.v2.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RequestReaderTest {
    private static final String NAMES = "\"name\":\"image\",\"datatype\":\"UINT8\",";

    private final RequestReader reader = new RequestReader(3, 1000);
    private final Body body = new Body(0);

    @AfterEach
    void release() {
        body.close();
    }

    @Test
    void the_fields_of_an_input_may_come_in_any_order_and_unknown_ones_are_left_out() throws ProtocolException {
        InferRequest request =
                read("{\"model_name\":\"m\",\"parameters\":{\"priority\":1,\"x\":{\"y\":[1]}},\"inputs\":[{"
                        + "\"data\":[[1,2],[3,255]],\"other\":[{}],\"shape\":[2,2],"
                        + "\"datatype\":\"UINT8\",\"name\":\"a\"}]}");

        assertThat(request.id()).isEmpty();
        assertThat(request.image().name()).isEqualTo("a");
        assertThat(request.image().shape()).containsExactly(2L, 2L);
        TensorData.Numbers numbers = (TensorData.Numbers) request.image().data();
        assertThat(numbers.notAByte()).isEmpty();
        assertThat(numbers.bytes().isDirect()).isTrue();
        assertThat(new byte[] {
                    numbers.bytes().get(0),
                    numbers.bytes().get(1),
                    numbers.bytes().get(2),
                    numbers.bytes().get(3)
                })
                .containsExactly(1, 2, 3, -1);
    }

    @Test
    void an_output_overrides_what_the_request_says_of_binary_data() throws ProtocolException {
        InferRequest request = read("{\"id\":\"i\",\"outputs\":[{\"name\":\"a\"},{\"name\":\"b\",\"parameters\":"
                + "{\"binary_data\":false,\"classification\":3}}],\"parameters\":{\"binary_data_output\":true},"
                + "\"inputs\":[{" + NAMES + "\"shape\":[1],\"data\":[1]}]}");

        assertThat(request.id()).contains("i");
        assertThat(request.outputs())
                .containsExactly(
                        new RequestedOutput("a", true, OptionalInt.empty()),
                        new RequestedOutput("b", false, OptionalInt.of(3)));
        assertThat(request.binaryOutput()).isTrue();
    }

    @Test
    void binary_data_is_looked_at_where_it_is() throws ProtocolException {
        String json = "{\"inputs\":[{" + NAMES + "\"shape\":[3],\"parameters\":{\"binary_data_size\":3}}]}";
        add(json + "xyz");

        InferRequest request = reader.read(body, json.length());

        TensorData.Binary binary = (TensorData.Binary) request.image().data();
        assertThat(binary.bytes().isDirect()).isTrue();
        assertThat(StandardCharsets.US_ASCII.decode(binary.bytes()).toString()).isEqualTo("xyz");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.5", "-1", "256", "99999999999999999999999999", "true", "null"})
    void a_number_that_is_not_a_byte_is_told(String number) throws ProtocolException {
        InferRequest request = read("{\"inputs\":[{" + NAMES + "\"shape\":[2],\"data\":[7," + number + "]}]}");

        assertThat(((TensorData.Numbers) request.image().data()).notAByte())
                .hasValueSatisfying(text -> assertThat(number).startsWith(text.replace("…", "")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            textBlock =
                    """
                    [] | must be an object
                    nonsense | not the JSON
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8","data":[NaN]}]} | not the JSON
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8","data":[1]}]} {} | something behind
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8","data":[1] | not the JSON
                    {} | no inputs
                    {"inputs":[]} | no inputs
                    {"inputs":{}} | must be an array
                    {"inputs":[7]} | must be an object
                    {"inputs":[{"shape":[1],"datatype":"UINT8","data":[1]}]} | needs a name
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8"}]} | neither data nor
                    {"inputs":[{"name":"a","shape":[-1],"datatype":"UINT8","data":[1]}]} | can't be negative
                    {"inputs":[{"name":"a","shape":[1.0],"datatype":"UINT8","data":[1]}]} | must be a whole number
                    {"inputs":[{"name":"a","shape":[18446744073709551616],"datatype":"UINT8","data":[1]}]} | too large
                    {"inputs":[{"name":"a","shape":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1],"datatype":"UINT8"}]} | dimensions
                    {"inputs":[{"name":"a","shape":7,"datatype":"UINT8","data":[1]}]} | must be an array
                    {"inputs":[{"name":1,"shape":[1],"datatype":"UINT8","data":[1]}]} | must be a string
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8","data":[{}]}]} | an object
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8","data":["x",1]}]} | both strings and
                    {"inputs":[{"name":"a","shape":[4],"datatype":"BYTES","data":["a","b","c","d"]}]} | more than 3 strings
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8","data":[1]},{}]} | has more
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8","parameters":{"binary_data_size":5}}]} | there are 0
                    {"inputs":[{"name":"a","shape":[1],"datatype":"UINT8","parameters":{"shared_memory_region":"r"}}]} | memory
                    {"parameters":{"binary_data_output":1},"inputs":[]} | true or false
                    {"outputs":[{}],"inputs":[]} | an output needs a name
                    {"outputs":[{"name":"a","parameters":{"classification":0}}],"inputs":[]} | at least 1
                    {"id":42,"inputs":[]} | must be a string
                    """)
    void what_is_wrong_is_refused_with_a_sentence(String json, String reason) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.status()).isEqualTo(400))
                .hasMessageContaining(reason);
    }

    @Test
    void nesting_without_end_is_refused() {
        assertThatThrownBy(() -> read("{\"x\":" + "[".repeat(100_000))).hasMessageContaining("nesting depth");
        assertThatThrownBy(() -> read("{\"inputs\":[{" + NAMES + "\"shape\":[1],\"data\":" + "[".repeat(100_000)))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("nesting depth");
    }

    @Test
    void a_string_without_end_is_refused() {
        assertThatThrownBy(() ->
                        read("{\"inputs\":[{" + NAMES + "\"shape\":[1],\"data\":[\"" + "x".repeat(1001) + "\"]}]}"))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("1000");
    }

    @Test
    void bytes_behind_the_json_that_nobody_announced_are_refused() {
        String json = "{\"inputs\":[{" + NAMES + "\"shape\":[1],\"data\":[1]}]}";
        add(json + "xyz");

        assertThatThrownBy(() -> reader.read(body, json.length())).hasMessageContaining("3 bytes behind");
    }

    @Test
    void many_outputs_are_refused() {
        List<String> outputs = java.util.Collections.nCopies(17, "{\"name\":\"a\"}");

        assertThatThrownBy(() -> read("{\"outputs\":[" + String.join(",", outputs) + "],\"inputs\":[]}"))
                .hasMessageContaining("more than 16 outputs");
    }

    private InferRequest read(String json) throws ProtocolException {
        add(json);
        return reader.read(body, body.length());
    }

    private void add(String bytes) {
        body.add(Unpooled.wrappedBuffer(bytes.getBytes(StandardCharsets.UTF_8)));
    }
}
