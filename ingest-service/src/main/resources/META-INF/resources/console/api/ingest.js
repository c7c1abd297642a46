import {config} from '../config.js';
import {name} from '../state/session.js';
import {Service} from './service.js';

const service = new Service('ingest-service', config.ingest);
const annotator = () => name.get() || 'console';
const labelOf = id => `/images/${encodeURIComponent(id)}/label`;

/** Sends a picture with its label; resolves with what the service calls it. */
export function upload(file, label, source) {
  const query = new URLSearchParams({label, annotator: annotator(), source});
  return service.json(`/images?${query}`, {
    method: 'POST', body: file, headers: {'Content-Type': 'application/octet-stream'}, patience: 60_000,
  });
}

export function label(id, word) {
  return service.json(labelOf(id), {
    method: 'PUT',
    body: JSON.stringify({label: word, annotator: annotator()}),
    headers: {'Content-Type': 'application/json'},
  });
}

export function withdraw(id) {
  return service.json(labelOf(id), {method: 'DELETE'});
}

export const ready = signal => service.json('/q/health/ready', {signal});
