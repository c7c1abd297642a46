package io.headwater.trainer.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.headwater.trainer.trainingset.ClassCount;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExamplesViewTest {

    @Test
    void lists_the_classes_that_wait_with_what_they_miss() {
        ExamplesView view = ExamplesView.of(
                Map.of("cat", new ClassCount(5, 2, 1), "emu", new ClassCount(2, 3)), 5, new LabelBacklog.Count(4, 1));

        assertThat(view.classes())
                .containsEntry("cat", new ExamplesView.ClassView(5, 2, 1, true, 0))
                .containsEntry("emu", new ExamplesView.ClassView(2, 3, 0, false, 3));
        assertThat(view).isEqualTo(new ExamplesView(13, 7, 5, 1, 5, new LabelBacklog.Count(4, 1), view.classes()));
    }
}
