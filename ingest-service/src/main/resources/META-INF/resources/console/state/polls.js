import * as inference from '../api/inference.js';
import * as ingest from '../api/ingest.js';
import * as trainer from '../api/trainer.js';
import {Poll} from './poll.js';

export const examples = new Poll(trainer.examples, 3);
export const trainings = new Poll(trainer.trainings, 2);
export const models = new Poll(trainer.models, 5);
export const quality = new Poll(trainer.quality, 5);
export const rollout = new Poll(trainer.rollout, 2);
export const history = new Poll(signal => trainer.history(50, signal), 5);
export const queue = new Poll(signal => trainer.queue(20, signal), 5);
export const suspects = new Poll(signal => trainer.suspects(20, signal), 10);
export const drift = new Poll(trainer.drift, 10);
export const deadLetters = new Poll(signal => inference.deadLetters(20, signal), 10);
export const engine = new Poll(inference.engine, 30);

/** Whether each service is ready, in its own words. */
export const readiness = new Map([
  ['ingest-service', new Poll(ingest.ready, 5)],
  ['inference-service', new Poll(inference.ready, 5)],
  ['trainer-service', new Poll(trainer.ready, 5)],
]);
