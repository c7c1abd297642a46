import * as inference from '../api/inference.js';
import {Component, html, repeat} from '../component.js';
import {differences} from '../state/differences.js';
import {plural, version} from '../words.js';
import './picture.js';

const LOOKED_AT = 500;
const SHOWN = 12;

/** The newest images on which two versions say something else. */
class VersionDifferences extends Component {
  static properties = {one: {attribute: false}, other: {attribute: false}, newest: {state: true}, problem: {state: true}};

  constructor() {
    super();
    this.one = null;
    this.other = null;
    this.newest = null;
    this.problem = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.#load();
  }

  async #load() {
    try {
      this.newest = await inference.newest(LOOKED_AT);
      this.problem = '';
    } catch (problem) {
      this.problem = `On which pictures they differ is not known: ${problem.message}`;
    }
  }

  render() {
    if (this.problem || this.newest === null) {
      return html`<p class=${this.problem ? 'problem' : 'hint'}>${this.problem || 'Loading…'}</p>`;
    }
    const {seen, differing} = differences(this.newest, this.one, this.other);
    return html`
      <p>${seen === 0
        ? `None of the newest ${this.newest.length} images was shown to both, one answering and the other listening.`
        : `Of the newest ${plural(seen, 'image')} that both have seen, they differ on ${differing.length}.`}</p>
      <ul class="cards">${repeat(differing.slice(0, SHOWN), ({id}) => id, pair => html`
        <li><headwater-picture image-id=${pair.id}></headwater-picture>
          ${version(this.one)}: ${pair.one}<br>${version(this.other)}: ${pair.other}</li>`)}</ul>
      <button type="button" class="quiet" @click=${() => this.#load()}>Look again</button>`;
  }
}

customElements.define('version-differences', VersionDifferences);
