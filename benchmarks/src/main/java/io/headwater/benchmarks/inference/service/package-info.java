/** The packaged inference-service as a process: how fast an answer comes, what exactly once and a second instance cost, memory. */
package io.headwater.benchmarks.inference.service;
