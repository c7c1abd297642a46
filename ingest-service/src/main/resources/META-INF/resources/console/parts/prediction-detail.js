import * as ingest from '../api/ingest.js';
import * as trainer from '../api/trainer.js';
import {Component, html, repeat} from '../component.js';
import {duration, number, percent, time, version} from '../words.js';
import './picture.js';

/** What is known of one image, over the page. */
class PredictionDetail extends Component {
  static properties = {
    prediction: {attribute: false}, nearest: {state: true}, unlike: {state: true}, said: {state: true}, problem: {state: true},
  };

  constructor() {
    super();
    this.prediction = null;
    this.nearest = [];
    this.unlike = '';
    this.said = '';
    this.problem = '';
  }

  async show(prediction) {
    this.prediction = prediction;
    this.said = '';
    this.problem = '';
    await this.updateComplete;
    this.querySelector('dialog').showModal();
    await this.#look(prediction);
  }

  async #look(prediction) {
    this.nearest = [];
    this.unlike = 'Looking for labelled pictures that are like it…';
    try {
      const {nearest} = await trainer.nearest(prediction.imageId);
      if (this.prediction === prediction) {
        this.nearest = nearest;
        this.unlike = nearest.length ? '' : 'No picture is labelled yet.';
      }
    } catch (problem) {
      this.unlike = `Which labelled pictures it is like is not known: ${problem.message}`;
    }
  }

  render() {
    const one = this.prediction;
    return html`
      <dialog aria-labelledby="detail-title" @close=${() => { this.prediction = null; }}>
        ${one ? this.#content(one) : ''}
      </dialog>`;
  }

  #content(one) {
    const waited = Date.parse(one.classifiedAt) - Date.parse(one.ingestedAt);
    return html`
      <h2 id="detail-title">${one.label ?? 'No version answered yet'}</h2>
      <headwater-picture class="big" image-id=${one.imageId}></headwater-picture>
      <table>
        <caption>What each version in play says</caption>
        <thead><tr><th scope="col">Version</th><th scope="col">Label</th><th scope="col">Sure</th></tr></thead>
        <tbody>
          <tr><th scope="row">${version(one.version)} (${one.canary ? 'canary, ' : ''}answered)</th>
            <td>${one.label ?? 'nothing'}</td><td>${one.label == null ? '' : percent(one.confidence)}</td></tr>
          ${one.shadows.map(shadow => html`<tr><th scope="row">${version(shadow.version)} (listens)</th>
            <td>${shadow.label}</td><td>${percent(shadow.confidence)}</td></tr>`)}
        </tbody>
      </table>
      <p>Most probable: ${one.top.map(({label, probability}) => `${label} ${percent(probability)}`).join(', ') || 'not known'}.</p>
      <h3>Labelled pictures that it is most like</h3>
      ${this.unlike ? html`<p class="hint">${this.unlike}</p>` : ''}
      <ul class="neighbours">${repeat(this.nearest, ({id}) => id, ({id, label, similarity}) => html`
        <li><headwater-picture image-id=${id} called="A picture labelled ${label}"></headwater-picture>${label}
          <span class="hint">${number(similarity)}</span></li>`)}</ul>
      <dl>
        <dt>Image</dt><dd><code>${one.imageId}</code></dd>
        <dt>Taken in</dt><dd>${time(one.ingestedAt)}</dd>
        <dt>Until the prediction</dt><dd>${duration(waited)}</dd>
        <dt>Decoding, embedding, scoring</dt><dd>${['decodeMicros', 'embedMicros', 'scoreMicros']
          .map(stage => duration(one.timings[stage] / 1000)).join(', ')}</dd>
      </dl>
      <form class="row" @submit=${event => this.#label(event)}>
        <label for="detail-label">What it really is</label>
        <input id="detail-label" name="label" maxlength="64" required>
        <button>Label it</button>
      </form>
      <p role="status">${this.said}</p>
      <p class="problem" role="alert">${this.problem}</p>
      <form method="dialog"><button class="quiet">Close</button></form>`;
  }

  async #label(event) {
    event.preventDefault();
    const word = new FormData(event.target).get('label').trim();
    this.problem = '';
    try {
      await ingest.label(this.prediction.imageId, word);
      this.said = `Labelled ${word}.`;
    } catch (problem) {
      this.problem = problem.message;
    }
  }
}

customElements.define('prediction-detail', PredictionDetail);
