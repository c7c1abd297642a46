/** Whether images are embedded with int8: made with the newest images, measured on the labels, offered if it is worth it. */
package io.headwater.trainer.precision;
