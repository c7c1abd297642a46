/** The model as clients of the protocol see it: its versions in play, its metadata, whether it is ready. */
package io.headwater.inference.v2.model;
