const SECONDS = 120;
const LATENCIES = 1000;

/** Counts by second in a ring, and the newest latencies: as much memory after a day as after two minutes. */
export class Meter {
  #counts = new Array(SECONDS).fill(0);
  #latencies = new Float64Array(LATENCIES);
  #kept = 0;
  #second = Math.floor(Date.now() / 1000);
  #began = this.#second;
  lost = 0;

  count(latencyMillis) {
    this.#turn();
    this.#counts[this.#second % SECONDS]++;
    this.#latencies[this.#kept++ % LATENCIES] = latencyMillis;
  }

  lose(count) {
    this.lost += count;
  }

  clear() {
    this.#counts.fill(0);
    this.#kept = 0;
    this.#second = Math.floor(Date.now() / 1000);
    this.#began = this.#second;
    this.lost = 0;
  }

  /** Images in each whole second, the oldest first; of those it has seen. */
  perSecond() {
    this.#turn();
    const seen = Math.min(SECONDS - 1, this.#second - this.#began);
    return Array.from({length: seen}, (_, back) => this.#counts[(this.#second - seen + back) % SECONDS]);
  }

  /** The mean of the last whole seconds; null before the first. */
  rate(seconds = 5) {
    const last = this.perSecond().slice(-seconds);
    return last.length ? last.reduce((sum, count) => sum + count, 0) / last.length : null;
  }

  /** Milliseconds that a share of the newest images took at most; null when there was none. */
  percentile(share) {
    const kept = Math.min(this.#kept, LATENCIES);
    if (kept === 0) {
      return null;
    }
    const sorted = this.#latencies.slice(0, kept).sort();
    return sorted[Math.min(kept - 1, Math.floor(share * kept))];
  }

  #turn() {
    const now = Math.floor(Date.now() / 1000);
    if (now - this.#second >= SECONDS) {
      this.#counts.fill(0);
    } else {
      for (let second = this.#second + 1; second <= now; second++) {
        this.#counts[second % SECONDS] = 0;
      }
    }
    this.#second = Math.max(this.#second, now);
  }
}
