import * as inference from '../api/inference.js';
import {Feed} from './feed.js';
import {Meter} from './meter.js';
import {Store} from './store.js';

const SHOWN_AT_FIRST = 40;

/** What the stream is asked for; an empty word asks for everything. */
export const filter = new Store({label: '', version: '', 'confidence-below': '', canary: ''});

/** Images a second and milliseconds from the front door to the prediction, of the last two minutes. */
export const meter = new Meter();

const listeners = new Set();

/** Predictions as they come. */
export function listen(listener) {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const feed = new Feed((lastId, signal) => inference.stream(filter.value, lastId, signal), hear,
  // What came meanwhile it has not seen: that is not known, and not nothing.
  () => meter.clear());

export function choose(chosen) {
  filter.value = chosen;
  feed.restart();
}

/** The newest that there are already, the oldest of them first; as many as the filter lets through. */
export async function recent(signal) {
  const newest = await inference.newest(SHOWN_AT_FIRST, signal);
  return newest.filter(one => matches(one)).reverse();
}

function hear(event) {
  const content = JSON.parse(event.data);
  if (event.name === 'prediction') {
    meter.count(Date.parse(content.classifiedAt) - Date.parse(content.ingestedAt));
    listeners.forEach(listener => listener(content));
  } else if (event.name === 'lost') {
    meter.lose(content.count);
  }
}

/** As the service filters the stream. */
export function matches(prediction, chosen = filter.value) {
  return (chosen.label === '' || prediction.label === chosen.label)
    && (chosen.version === '' || String(prediction.version) === chosen.version)
    && (chosen['confidence-below'] === '' || prediction.confidence < Number(chosen['confidence-below']))
    && (chosen.canary === '' || String(prediction.canary) === chosen.canary);
}
