import {Component, html} from '../component.js';
import {quality} from '../state/polls.js';
import {estimate, number} from '../words.js';
import './version-differences.js';

const ROWS = [
  ['State', one => one.state],
  ['Examples', one => one.examples],
  ['Right on held-out pictures', one => estimate(one.evaluation?.accuracy)],
  ['Log loss on them (less is better)', one => number(one.evaluation?.logLoss?.value)],
  ['Calibration error', one => estimate(one.evaluation?.calibrationError)],
  ['Began from', one => one.parent == null ? 'nothing' : `v${one.parent}`],
  ['Why it was trained', one => one.trigger],
  ['What the gate said', one => one.gate?.reason ?? one.reason],
];

/** Two versions beside each other. */
class SideBySide extends Component {
  static properties = {versions: {attribute: false}, left: {state: true}, right: {state: true}};

  constructor() {
    super();
    this.versions = [];
    this.left = null;
    this.right = null;
  }

  followed() {
    return [quality];
  }

  render() {
    if (this.versions.length < 2) {
      return '';
    }
    const find = (number, otherwise) => this.versions.find(({version}) => version === number) ?? this.versions[otherwise];
    const pair = [find(this.left, 1), find(this.right, 0)];
    return html`
      <section aria-labelledby="pair-title">
        <h2 id="pair-title">Two versions side by side</h2>
        <div class="scroll" tabindex="0" role="region" aria-label="Two versions side by side"><table>
          <thead><tr><td></td>
            <th scope="col">${this.#choice('left', pair[0].version)}</th><th scope="col">${this.#choice('right', pair[1].version)}</th>
          </tr></thead>
          <tbody>${ROWS.map(([name, value]) => html`<tr><th scope="row">${name}</th>
            ${pair.map(one => html`<td>${value(one)}</td>`)}</tr>`)}</tbody>
        </table></div>
        <version-differences .one=${pair[0].version} .other=${pair[1].version}></version-differences>
      </section>`;
  }

  #choice(side, chosen) {
    return html`<select aria-label=${side === 'left' ? 'First version' : 'Second version'}
      @change=${event => { this[side] = Number(event.target.value); }}>
      ${this.versions.map(({version}) => html`<option value=${version} ?selected=${version === chosen}>v${version}</option>`)}</select>`;
  }
}

customElements.define('side-by-side', SideBySide);
