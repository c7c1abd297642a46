/** Labels: what may be one, and the requests that give one or take it back. */
package io.headwater.ingest.label;
