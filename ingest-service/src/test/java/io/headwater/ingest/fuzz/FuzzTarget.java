package io.headwater.ingest.fuzz;

import java.util.Map;

/** A parser that anybody can send bytes to, and what must hold whatever they are. */
public interface FuzzTarget {
    /** Well-formed inputs to begin with, each with a name. */
    Map<String, byte[]> seeds();

    /** Parses an input. Whatever this throws is a defect: what the parser declares is caught and looked at here. */
    void take(byte[] input) throws Exception;

    /** For what must hold. */
    static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
