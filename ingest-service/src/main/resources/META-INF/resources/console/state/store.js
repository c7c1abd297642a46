/** A value that others follow. */
export class Store {
  #value;
  #listeners = new Set();

  constructor(value) {
    this.#value = value;
  }

  get value() {
    return this.#value;
  }

  set value(value) {
    this.#value = value;
    [...this.#listeners].forEach(listener => listener(value));
  }

  /** Returns what ends it. */
  subscribe(listener) {
    this.#listeners.add(listener);
    if (this.#listeners.size === 1) {
      this.started();
    }
    return () => {
      if (this.#listeners.delete(listener) && this.#listeners.size === 0) {
        this.stopped();
      }
    };
  }

  /** The first has come. */
  started() {}

  /** The last has gone. */
  stopped() {}
}
