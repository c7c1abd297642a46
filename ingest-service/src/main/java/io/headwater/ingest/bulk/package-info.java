/** Many images in one request: archives, forms and lines of JSON, read as they come. */
package io.headwater.ingest.bulk;
