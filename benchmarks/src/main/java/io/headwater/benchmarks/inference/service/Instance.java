package io.headwater.benchmarks.inference.service;

import java.util.Map;

/**
 * How one copy of the service is started.
 *
 * @param cores that it is kept on, as taskset writes them (0,1); empty for all
 * @param settings its configuration, beyond where things are
 */
record Instance(String cores, Map<String, String> settings) {}
