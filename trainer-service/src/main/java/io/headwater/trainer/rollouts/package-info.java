/** Versions go live, and come back, on evidence: decisions as plain functions, and the hands that may take the wheel. */
package io.headwater.trainer.rollouts;
