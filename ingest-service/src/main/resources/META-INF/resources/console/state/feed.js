import {Store} from './store.js';
import {backoff} from './backoff.js';
import {EventParser} from './events.js';

/** The service says something every 10 s, if only that it is there. */
const SILENCE_MILLIS = 25_000;

/**
 * Server-sent events by fetch, since EventSource can send no key. Comes back by itself, and goes on behind the last event that it had.
 * Its value: `state` is `connecting`, `live` or `away`, and `problem` says why it is away.
 */
export class Feed extends Store {
  #open;
  #hear;
  #begun;
  #lastId = '';
  #failures = 0;
  #timer = 0;
  #connection = null;

  /**
   * @param open asks for the stream: takes the id of the last event and a signal
   * @param hear takes each event
   * @param begun is told that it is live, for the first time or again
   */
  constructor(open, hear, begun) {
    super({state: 'connecting', problem: null});
    this.#open = open;
    this.#hear = hear;
    this.#begun = begun;
  }

  started() {
    this.value = {state: 'connecting', problem: null};
    this.#connect();
  }

  stopped() {
    clearTimeout(this.#timer);
    this.#connection?.abort();
    this.#connection = null;
  }

  /** Begins anew, such as with another filter. */
  restart() {
    this.stopped();
    this.#lastId = '';
    this.#failures = 0;
    this.value = {state: 'connecting', problem: null};
    this.#connect();
  }

  async #connect() {
    const connection = new AbortController();
    this.#connection = connection;
    let problem;
    try {
      const answer = await this.#open(this.#lastId, connection.signal);
      this.#failures = 0;
      this.#begun();
      this.value = {state: 'live', problem: null};
      await this.#listen(answer.body, connection);
      problem = new Error('The stream of predictions ended.');
    } catch (error) {
      problem = error;
    }
    if (this.#connection !== connection) {
      return;
    }
    connection.abort();
    this.value = {state: 'away', problem};
    this.#timer = setTimeout(() => this.#connect(), backoff(this.#failures++));
  }

  async #listen(body, connection) {
    const reader = body.pipeThrough(new TextDecoderStream()).getReader();
    const parser = new EventParser();
    for (;;) {
      const {done, value} = await this.#before(reader.read(), connection);
      if (done || connection.signal.aborted) {
        return;
      }
      for (const event of parser.take(value)) {
        this.#lastId = event.id || this.#lastId;
        this.#hear(event);
      }
    }
  }

  async #before(read, connection) {
    let watch;
    const silence = new Promise((_, reject) => {
      watch = setTimeout(() => {
        reject(new Error('Nothing has been heard of the stream of predictions for a while.'));
        connection.abort();
      }, SILENCE_MILLIS);
    });
    try {
      return await Promise.race([read, silence]);
    } finally {
      clearTimeout(watch);
    }
  }
}
