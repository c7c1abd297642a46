/** What the metrics of all services have in common. docs/metrics.md lists them. */
package io.headwater.metrics;
