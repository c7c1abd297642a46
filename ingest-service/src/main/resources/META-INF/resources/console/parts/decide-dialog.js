import * as trainer from '../api/trainer.js';
import {Component, html} from '../component.js';
import {config} from '../config.js';
import {history, models, rollout} from '../state/polls.js';
import {name} from '../state/session.js';

/** Asks who and why before anything that is served is changed, and changes it only if it is still as it was seen. */
class DecideDialog extends Component {
  static properties = {heading: {state: true}, problem: {state: true}, busy: {state: true}};
  #path = '';
  #generation = 0;

  constructor() {
    super();
    this.heading = '';
    this.problem = '';
    this.busy = false;
  }

  show(path, heading, generation) {
    this.#path = path;
    this.#generation = generation;
    this.heading = heading;
    this.problem = '';
    this.querySelector('form').reset();
    this.querySelector('dialog').showModal();
  }

  render() {
    return html`
      <dialog aria-labelledby="decide-title">
        <form @submit=${event => this.#submit(event)}>
          <h2 id="decide-title">${this.heading}?</h2>
          <p>This changes what everybody is served, within seconds. It is recorded with your reason.</p>
          <label for="decide-reason">Why</label>
          <input id="decide-reason" name="reason" maxlength="256" required>
          <label for="decide-by">Who you are${config.auth === 'none' ? '' : ' (if it is not you whose key this is)'}</label>
          <input id="decide-by" name="by" maxlength="64" .defaultValue=${name.get()} ?required=${config.auth === 'none'}>
          <p class="problem" role="alert">${this.problem}</p>
          <p class="row"><button ?disabled=${this.busy}>Do it</button>
            <button type="button" class="quiet" @click=${() => this.querySelector('dialog').close()}>Leave it</button></p>
        </form>
      </dialog>`;
  }

  async #submit(event) {
    event.preventDefault();
    const {reason, by} = Object.fromEntries(new FormData(event.target));
    name.set(by);
    this.busy = true;
    this.problem = '';
    try {
      await trainer.change(this.#path, this.#generation, by.trim(), reason.trim());
      this.querySelector('dialog').close();
    } catch (problem) {
      this.problem = problem.message;
      if (problem.status === 412) {
        this.problem += ' Close this, look at what is served now, and decide again.';
      }
    }
    this.busy = false;
    [rollout, history, models].forEach(poll => poll.refresh());
  }
}

customElements.define('decide-dialog', DecideDialog);
