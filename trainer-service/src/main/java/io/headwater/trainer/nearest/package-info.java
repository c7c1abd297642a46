/** Which labelled pictures an image is most like. */
package io.headwater.trainer.nearest;
