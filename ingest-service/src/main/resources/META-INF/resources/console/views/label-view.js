import * as ingest from '../api/ingest.js';
import {Component, html} from '../component.js';
import {notice} from '../parts/notice.js';
import {examples, queue, suspects, trainings} from '../state/polls.js';
import {name} from '../state/session.js';
import {plural} from '../words.js';
import '../parts/picture.js';
import '../parts/suspect-list.js';

const KEYS = 9;
const REMEMBERED = 200;
const typing = target => target.closest('input, select, textarea, dialog') !== null;

/** The images whose labels teach most, one after the other. */
class LabelView extends Component {
  static properties = {said: {state: true}, problem: {state: true}, keys: {state: true}};
  #skipped = new Set();
  #given = [];
  #press = event => this.#key(event);

  constructor() {
    super();
    this.said = '';
    this.problem = '';
    this.keys = true;
  }

  followed() {
    return [queue, examples, trainings, suspects];
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('keydown', this.#press);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('keydown', this.#press);
  }

  get #offer() {
    const mine = new Set(this.#given.map(({id}) => id));
    return queue.value.data?.images.find(({id}) => !this.#skipped.has(id) && !mine.has(id)) ?? null;
  }

  get #classes() {
    return Object.keys(examples.value.data?.classes ?? {});
  }

  render() {
    return html`
      <h1>Label</h1>
      <p>${trainings.value.data?.why ?? ''}</p>
      ${notice(queue)}
      <section aria-labelledby="next-title">
        <h2 id="next-title">What is on this picture?</h2>
        ${this.#offer ? this.#ask(this.#offer) : this.#nothing()}
        <p role="status">${this.said}</p>
        <p class="problem" role="alert">${this.problem}</p>
        <p class="row">
          <button type="button" class="quiet" ?disabled=${this.#given.length === 0} @click=${() => this.#undo()}>Undo (U)</button>
          <label><input type="checkbox" .checked=${this.keys} @change=${event => { this.keys = event.target.checked; }}>
            Keys: 1–9 label, S skips, U undoes</label>
          <label>Your name <input maxlength="64" size="12" .value=${name.get()}
            @change=${event => name.set(event.target.value)}></label>
        </p>
      </section>
      <suspect-list></suspect-list>`;
  }

  #nothing() {
    return queue.value.data
      ? html`<p>There is nothing to label now: no image waits that would teach something, or all have been skipped.</p>` : '';
  }

  #ask(offer) {
    const classes = this.#classes;
    return html`
      <headwater-picture class="big" image-id=${offer.id} called="The picture to label"></headwater-picture>
      <p class="hint">${offer.reasons.join('; ')}${offer.answer ? `; the model says ${offer.answer}` : ''}</p>
      <div class="row" role="group" aria-label="Labels">
        ${classes.slice(0, KEYS).map((word, index) => html`
          <button type="button" class="choice" @click=${() => this.#give(word)}><kbd>${index + 1}</kbd> ${word}</button>`)}
        <button type="button" class="quiet" @click=${() => this.#skip()}>Skip (S)</button>
      </div>
      <form class="row" @submit=${event => this.#typed(event)}>
        <label for="label-word">Another label</label>
        <input id="label-word" name="label" maxlength="64" list="label-words" autocomplete="off" required>
        <datalist id="label-words">${classes.map(word => html`<option value=${word}></option>`)}</datalist>
        <button>Label</button>
      </form>`;
  }

  #key(event) {
    if (!this.keys || event.ctrlKey || event.metaKey || event.altKey || event.repeat || typing(event.target)) {
      return;
    }
    const word = this.#classes[Number(event.key) - 1];
    if (/^[1-9]$/.test(event.key) && word !== undefined && this.#offer) {
      this.#give(word);
    } else if (event.key.toLowerCase() === 's' && this.#offer) {
      this.#skip();
    } else if (event.key.toLowerCase() === 'u' && this.#given.length > 0) {
      this.#undo();
    }
  }

  #typed(event) {
    event.preventDefault();
    const word = new FormData(event.target).get('label').trim();
    event.target.reset();
    if (word) {
      this.#give(word);
    }
  }

  #skip() {
    this.#skipped.add(this.#offer.id);
    this.said = 'Skipped.';
    this.requestUpdate();
  }

  /** The next picture comes at once; a label that was not taken brings its picture back. */
  async #give(word) {
    const {id} = this.#offer;
    this.#given = [...this.#given, {id, word}].slice(-REMEMBERED);
    this.problem = '';
    this.said = `Labelled ${word}; ${plural(this.#given.length, 'label')} so far.`;
    try {
      await ingest.label(id, word);
    } catch (problem) {
      this.#given = this.#given.filter(given => given.id !== id);
      this.said = '';
      this.problem = `That picture is not labelled: ${problem.message}`;
    }
  }

  async #undo() {
    const last = this.#given.at(-1);
    try {
      await ingest.withdraw(last.id);
      this.#given = this.#given.filter(given => given.id !== last.id);
      this.problem = '';
      this.said = `Took ${last.word} back.`;
      queue.refresh();
    } catch (problem) {
      this.problem = `The label was not taken back: ${problem.message}`;
    }
  }
}

customElements.define('label-view', LabelView);
