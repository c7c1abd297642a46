/** What a figure was measured on, and what the kernel says of processes. */
package io.headwater.benchmarks.machine;
