import {refuse, session} from '../state/session.js';

const PATIENCE_MILLIS = 20_000;

/** Why a service did not do what was asked: its own words, if it answered. */
export class Problem extends Error {
  constructor(detail, status = 0) {
    super(detail);
    this.status = status;
  }
}

/** One of the three services. */
export class Service {
  constructor(name, address) {
    this.name = name;
    this.address = address;
  }

  /** Asks; throws a Problem for everything but success. */
  async send(path, {patience = PATIENCE_MILLIS, signal, ...options} = {}) {
    const headers = new Headers(options.headers);
    if (session.value.key) {
      headers.set('Authorization', `Bearer ${session.value.key}`);
    }
    const signals = [signal, patience ? AbortSignal.timeout(patience) : null].filter(Boolean);
    let answer;
    try {
      answer = await fetch(this.address + path, {...options, headers, signal: AbortSignal.any(signals), cache: 'no-store'});
    } catch (error) {
      throw this.#silence(error);
    }
    if (!answer.ok) {
      throw await this.#refusal(answer);
    }
    return answer;
  }

  async json(path, options) {
    const answer = await this.send(path, options);
    try {
      return answer.status === 204 ? null : await answer.json();
    } catch (error) {
      throw new Problem(`The ${this.name} broke off in the middle of its answer.`);
    }
  }

  async blob(path, options) {
    return (await this.send(path, options)).blob();
  }

  async text(path, options) {
    return (await this.send(path, options)).text();
  }

  /** Sends JSON, and reads some. */
  post(path, body, headers = {}) {
    return this.json(path, {
      method: 'POST', body: JSON.stringify(body), headers: {'Content-Type': 'application/json', ...headers},
    });
  }

  #silence(error) {
    return error.name === 'AbortError'
      ? error
      : new Problem(error.name === 'TimeoutError'
        ? `The ${this.name} took too long to answer.`
        : `The ${this.name} does not answer at ${this.address}. It may be starting, or down, or not let this page in`
          + ' (quarkus.http.cors.origins).');
  }

  async #refusal(answer) {
    let detail = `The ${this.name} answered ${answer.status}.`;
    try {
      const problem = await answer.json();
      detail = problem.detail ?? problem.title ?? detail;
    } catch {
      // Not everything in between speaks JSON; the status says enough.
    }
    if (answer.status === 401) {
      refuse(detail);
    }
    return new Problem(detail, answer.status);
  }
}
