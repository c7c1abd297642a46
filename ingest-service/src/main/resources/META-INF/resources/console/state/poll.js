import {Store} from './store.js';
import {backoff} from './backoff.js';

/**
 * What a service answers, asked again and again while somebody looks. Its value: `data`, the last answer, null before the first;
 * `at`, when that came; `problem`, why there is no newer one, null while all is well.
 */
export class Poll extends Store {
  #read;
  #millis;
  #timer = 0;
  #asking = null;
  #failures = 0;

  constructor(read, seconds) {
    super({data: null, at: null, problem: null});
    this.#read = read;
    this.#millis = seconds * 1000;
  }

  started() {
    this.refresh();
  }

  stopped() {
    clearTimeout(this.#timer);
    this.#asking?.abort();
    this.#asking = null;
  }

  /** Asks now. */
  async refresh() {
    this.stopped();
    const asking = new AbortController();
    this.#asking = asking;
    let next;
    try {
      const data = await this.#read(asking.signal);
      next = {data, at: new Date(), problem: null};
    } catch (problem) {
      next = {...this.value, problem};
    }
    if (this.#asking !== asking) {
      return;
    }
    this.#failures = next.problem ? this.#failures + 1 : 0;
    this.#timer = setTimeout(() => this.refresh(), next.problem ? Math.max(1000, backoff(this.#failures)) : this.#millis);
    this.value = next;
  }
}
