/** What an image is called. */
package io.headwater.ingest.identity;
