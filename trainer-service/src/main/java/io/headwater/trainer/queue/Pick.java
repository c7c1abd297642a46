package io.headwater.trainer.queue;

import java.util.List;

/**
 * An image whose label would teach, and why.
 *
 * @param row of it among those that were ranked
 * @param answer number of the label that the version finds most probable; negative without a version
 * @param reasons why; sentences for people
 */
public record Pick(int row, int answer, List<String> reasons) {}
