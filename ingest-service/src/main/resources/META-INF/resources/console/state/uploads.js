import * as ingest from '../api/ingest.js';
import {backoff} from './backoff.js';
import {Store} from './store.js';

const AT_ONCE = 3;
const ATTEMPTS = 5;
/** Rows that are kept of what went well; what failed stays until it is cleared. */
const KEPT = 100;

/** Worth another try: nobody answered, or the service said that it was busy. */
const passing = problem => problem.status === 0 || problem.status === 429 || problem.status === 503;
const pause = millis => new Promise(resolve => setTimeout(resolve, millis));

/** Pictures on their way. Its value: `files`, the newest first, each with `name`, `label`, `state` and `why`; and `done`, `failed`. */
class Uploads extends Store {
  #waiting = [];
  #running = 0;
  #unsettled = 0;

  constructor() {
    super({files: [], done: 0, failed: 0});
  }

  add(files, label, source) {
    const rows = [...files].map(file => ({file, name: file.name || 'picture', label, source, state: 'waiting', why: ''}));
    this.#waiting.push(...rows);
    this.#unsettled += rows.length;
    this.value = {...this.value, files: [...rows.toReversed(), ...this.value.files]};
    while (this.#running < AT_ONCE && this.#waiting.length > 0) {
      this.#run();
    }
  }

  /** Pictures that are neither taken in nor refused yet. */
  get left() {
    return this.#unsettled;
  }

  clear() {
    this.value = {files: this.value.files.filter(({state}) => state === 'waiting' || state === 'sending'), done: 0, failed: 0};
  }

  async #run() {
    this.#running++;
    while (this.#waiting.length > 0) {
      await this.#send(this.#waiting.shift());
    }
    this.#running--;
  }

  async #send(row) {
    this.#is(row, 'sending');
    for (let attempt = 1; ; attempt++) {
      try {
        await ingest.upload(row.file, row.label, row.source);
        row.file = null;
        return this.#is(row, 'taken in');
      } catch (problem) {
        if (attempt === ATTEMPTS || !passing(problem)) {
          row.file = null;
          return this.#is(row, 'refused', problem.message);
        }
        this.#is(row, 'sending', `Trying again: ${problem.message}`);
        await pause(backoff(attempt));
      }
    }
  }

  #is(row, state, why = '') {
    row.state = state;
    this.#unsettled -= state === 'taken in' || state === 'refused' ? 1 : 0;
    row.why = why;
    const {files, done, failed} = this.value;
    let kept = 0;
    this.value = {
      files: files.filter(one => one.state !== 'taken in' || ++kept <= KEPT),
      done: done + (state === 'taken in' ? 1 : 0),
      failed: failed + (state === 'refused' ? 1 : 0),
    };
  }
}

export const uploads = new Uploads();
