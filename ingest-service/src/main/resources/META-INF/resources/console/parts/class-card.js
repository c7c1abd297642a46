import {Component, html} from '../component.js';
import {picturesOf} from '../state/dropped.js';
import {uploads} from '../state/uploads.js';
import './webcam.js';

/** One class: what there is of it, and where its pictures go in. */
class ClassCard extends Component {
  static properties = {word: {attribute: false}, count: {attribute: false}, over: {state: true}, camera: {state: true}};

  constructor() {
    super();
    this.word = '';
    this.count = null;
    this.over = false;
    this.camera = false;
  }

  render() {
    return html`
      <div class="card ${this.over ? 'over' : ''}" data-class=${this.word}
        @dragover=${event => this.#hover(event, true)} @dragleave=${event => this.#hover(event, false)}
        @drop=${event => this.#drop(event)}>
        <h3>${this.word}</h3>
        <p>${this.#standing()}</p>
        <p class="hint">Drop pictures or a folder here, or</p>
        <div class="row">
          <label class="button">choose pictures<span class="unseen"> of ${this.word}</span>
            <input type="file" class="hidden" accept="image/*" multiple @change=${event => this.#chosen(event)}></label>
          <button type="button" class="quiet" aria-pressed=${this.camera} @click=${() => { this.camera = !this.camera; }}>
            webcam<span class="unseen"> for ${this.word}</span></button>
        </div>
        ${this.camera ? html`<headwater-webcam @picture=${({detail}) => uploads.add([detail], this.word, 'webcam')}></headwater-webcam>` : ''}
      </div>`;
  }

  #standing() {
    if (!this.count) {
      return 'Nothing of it is known yet.';
    }
    const {train, holdout, missing} = this.count;
    return `${train} to learn from, ${holdout} to measure with${missing > 0 ? `; ${missing} more and it is learnt` : ''}.`;
  }

  #hover(event, over) {
    event.preventDefault();
    this.over = over;
  }

  async #drop(event) {
    this.#hover(event, false);
    uploads.add(await picturesOf(event.dataTransfer), this.word, 'console');
  }

  #chosen(event) {
    uploads.add(event.target.files, this.word, 'console');
    event.target.value = '';
  }
}

customElements.define('class-card', ClassCard);
