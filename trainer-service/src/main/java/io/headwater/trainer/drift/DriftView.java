package io.headwater.trainer.drift;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Optional;

/**
 * Drift as clients see it.
 *
 * @param drift that the last window was not like the reference, if so; a sentence for people
 * @param waiting why no window has been compared, if so; a sentence for people
 * @param falseAlarmRate how often a window is called different though nothing has changed
 * @param window images of a window
 * @param collected images of the window that is being filled
 * @param compared windows that were compared since the trainer was started
 * @param alarms those that were called different
 * @param leftOut those that came while another one was compared
 * @param windows the last ones, the newest first
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record DriftView(
        Optional<String> drift,
        Optional<String> waiting,
        double falseAlarmRate,
        int window,
        int collected,
        long compared,
        long alarms,
        long leftOut,
        List<WindowResult> windows) {}
