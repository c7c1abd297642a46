import * as ingest from '../api/ingest.js';
import {Component, html, repeat} from '../component.js';
import {suspects} from '../state/polls.js';
import {percent} from '../words.js';
import {notice} from './notice.js';
import './picture.js';

/** Labels that look wrong, to confirm or correct. */
class SuspectList extends Component {
  static properties = {said: {state: true}, problem: {state: true}};
  #settled = new Set();

  constructor() {
    super();
    this.said = '';
    this.problem = '';
  }

  followed() {
    return [suspects];
  }

  render() {
    const left = (suspects.value.data?.suspects ?? []).filter(({id}) => !this.#settled.has(id));
    return html`
      <section aria-labelledby="suspects-title">
        <h2 id="suspects-title">Labels that look wrong</h2>
        ${notice(suspects)}
        ${suspects.value.data && left.length === 0 ? html`<p class="hint">None, as far as the last training can tell.</p>` : ''}
        <ul class="cards">${repeat(left, ({id}) => id, one => html`
          <li>
            <headwater-picture image-id=${one.id} called="Labelled ${one.label}"></headwater-picture>
            <p>Labelled <strong>${one.label}</strong>; a model that has not seen it says ${one.suggestedLabel}
              (${percent(one.suggestedProbability)}).</p>
            <button type="button" @click=${() => this.#settle(one, one.suggestedLabel)}>It is ${one.suggestedLabel}</button>
            <button type="button" class="quiet" @click=${() => this.#settle(one, one.label)}>${one.label} is right</button>
          </li>`)}</ul>
        <p role="status">${this.said}</p>
        <p class="problem" role="alert">${this.problem}</p>
      </section>`;
  }

  async #settle(one, word) {
    this.problem = '';
    try {
      await ingest.label(one.id, word);
      this.#settled.add(one.id);
      this.said = word === one.label ? `${word} is confirmed.` : `Corrected to ${word}.`;
    } catch (problem) {
      this.problem = `Nothing was changed: ${problem.message}`;
    }
  }
}

customElements.define('suspect-list', SuspectList);
