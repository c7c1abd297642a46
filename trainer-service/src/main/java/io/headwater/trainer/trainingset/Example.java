package io.headwater.trainer.trainingset;

import io.headwater.events.Split;

/**
 * What is known of one example beside its embedding; plain numbers, for there are many.
 *
 * @param label its class
 * @param split the side it is on
 * @param row of its embedding
 * @param labelledAt milliseconds since the epoch
 * @param partition where its record stands, and where its label and its embedding stood
 * @param offset of its record
 * @param at time of its record, milliseconds since the epoch
 * @param labelOffset of its label; negative: unknown
 * @param embeddingOffset of its embedding; negative: unknown
 */
record Example(
        String label,
        Split split,
        int row,
        long labelledAt,
        int partition,
        long offset,
        long at,
        long labelOffset,
        long embeddingOffset) {}
