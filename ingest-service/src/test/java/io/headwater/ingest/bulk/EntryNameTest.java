package io.headwater.ingest.bulk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryNameTest {
    @ParameterizedTest
    @CsvSource({
        "tulip/1.jpg, tulip",
        "flowers/tulip/1.jpg, tulip",
        "./tulip/1.jpg, tulip",
        "tulip/./1.jpg, tulip",
        "tulip//1.jpg, ''",
        "tulip\\1.jpg, tulip",
        "a b/ü.jpg, a b",
    })
    void the_innermost_folder_is_told(String name, String folder) {
        assertThat(EntryName.of(name).folder()).contains(folder);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1.jpg", "./1.jpg", "..jpg"})
    void at_the_top_there_is_none(String name) {
        assertThat(EntryName.of(name).folder()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../1.jpg",
                "tulip/../../1.jpg",
                "..\\1.jpg",
                "/etc/passwd",
                "C:\\1.jpg",
                "c:1.jpg",
                "",
                "   ",
                "a\nb.jpg",
                "a\u0000.jpg"
            })
    void what_leads_out_or_is_no_name_is_refused(String name) {
        assertThatThrownBy(() -> EntryName.of(name)).hasMessageContaining("the name of the file");
    }

    @Test
    void a_name_of_1025_characters_is_refused() {
        assertThat(EntryName.of("x".repeat(1024)).folder()).isEmpty();
        assertThatThrownBy(() -> EntryName.of("x".repeat(1025))).hasMessageContaining("1025 characters");
    }
}
