import * as inference from '../api/inference.js';
import {Component, html, repeat} from '../component.js';
import {deadLetters} from '../state/polls.js';
import {plural, time} from '../words.js';
import {notice} from './notice.js';

const key = ({partition, offset}) => `${partition}-${offset}`;

/** What could not be classified, to look at and to send again. */
class DeadLetters extends Component {
  static properties = {said: {state: true}, problem: {state: true}};

  constructor() {
    super();
    this.said = '';
    this.problem = '';
  }

  followed() {
    return [deadLetters];
  }

  render() {
    const letters = deadLetters.value.data?.letters ?? [];
    return html`
      <section aria-labelledby="letters-title">
        <h2 id="letters-title">Dead letters</h2>
        ${notice(deadLetters)}
        ${deadLetters.value.data && letters.length === 0 ? html`<p>None: all that came could be classified.</p>` : ''}
        <ul class="plain">${repeat(letters, key, one => html`
          <li>
            <details><summary>${one.imageId ?? 'unnamed'}: ${one.reason}</summary>
              <p>Failed ${time(one.failedAt)}; ${plural(one.size, 'byte')}, from ${one.origin?.topic ?? 'nobody knows where'}
                ${one.origin ? `${one.origin.partition}/${one.origin.offset}` : ''}.
                ${one.replayed ? 'It was sent again.' : ''}</p>
              <button type="button" @click=${() => this.#replay(one)}>Send it again</button>
            </details>
          </li>`)}</ul>
        <p role="status">${this.said}</p>
        <p class="problem" role="alert">${this.problem}</p>
      </section>`;
  }

  async #replay({partition, offset}) {
    this.said = '';
    this.problem = '';
    try {
      const {replayed, skipped} = await inference.replay([{partition, offset}]);
      this.said = replayed.length ? 'It was sent again.' : `It was not sent again: ${skipped[0]?.why ?? 'nobody says why'}.`;
      deadLetters.refresh();
    } catch (problem) {
      this.problem = problem.message;
    }
  }
}

customElements.define('dead-letters', DeadLetters);
