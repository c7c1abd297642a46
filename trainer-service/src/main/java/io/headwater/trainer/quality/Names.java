package io.headwater.trainer.quality;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Class names as small numbers, in the order in which they were first seen. */
final class Names {
    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> names = new ArrayList<>();

    int number(String name) {
        return numbers.computeIfAbsent(name, added -> {
            names.add(added);
            return names.size() - 1;
        });
    }

    String name(int number) {
        return names.get(number);
    }

    /** The same names, which stay as they are. */
    Names copy() {
        Names copy = new Names();
        names.forEach(copy::number);
        return copy;
    }

    void clear() {
        numbers.clear();
        names.clear();
    }
}
