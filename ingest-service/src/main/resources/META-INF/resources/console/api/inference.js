import {config} from '../config.js';
import {Service} from './service.js';

const service = new Service('inference-service', config.inference);
const of = id => `/predictions/${encodeURIComponent(id)}`;

export const newest = (limit, signal) => service.json(`/predictions?limit=${limit}`, {signal});
export const thumbnail = (id, signal) => service.blob(`${of(id)}/thumbnail`, {signal});
export const engine = signal => service.json('/engine', {signal});
export const ready = signal => service.json('/q/health/ready', {signal});
export const deadLetters = (limit, signal) => service.json(`/dead-letters?limit=${limit}`, {signal});
export const replay = letters => service.post('/dead-letters/replay', {letters});

/** Opens the stream of predictions: an answer whose body goes on. */
export function stream(filter, lastId, signal) {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  const headers = {Accept: 'text/event-stream', ...(lastId ? {'Last-Event-ID': lastId} : {})};
  return service.send(`/predictions/stream?${query}`, {headers, signal, patience: 0});
}
