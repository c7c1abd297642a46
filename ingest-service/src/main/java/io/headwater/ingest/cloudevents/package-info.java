/** CloudEvents over HTTP, for sources that speak them: an image or a label is an event's data. */
package io.headwater.ingest.cloudevents;
