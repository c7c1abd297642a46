import * as trainer from '../api/trainer.js';
import {Component, html} from '../component.js';
import {estimate, number, percent} from '../words.js';
import './confusion-matrix.js';
import {save} from './save.js';

/** One version: what it confuses, how sure it may be, and its files. */
class VersionDetail extends Component {
  static properties = {version: {attribute: false}, model: {state: true}, card: {state: true}, problem: {state: true}};

  constructor() {
    super();
    this.version = null;
    this.model = null;
    this.card = '';
    this.problem = '';
  }

  updated(changed) {
    if (changed.has('version') && this.version !== null) {
      this.#load();
    }
  }

  async #load() {
    const asked = this.version;
    this.card = '';
    await this.#attempt(async () => {
      const model = await trainer.model(asked);
      if (asked === this.version) {
        this.model = model;
      }
    });
  }

  async #attempt(what) {
    this.problem = '';
    try {
      await what();
    } catch (problem) {
      this.problem = problem.message;
    }
  }

  render() {
    const one = this.model;
    if (this.version === null) {
      return html`<p class="hint">Choose a version to see what it confuses, and to download it.</p>`;
    }
    return html`
      <section aria-labelledby="version-title">
        <h2 id="version-title">Version ${this.version}</h2>
        <p class="problem" role="alert">${this.problem}</p>
        ${one && one.version === this.version ? this.#content(one) : ''}
      </section>`;
  }

  #content(one) {
    const {evaluation, calibration} = one;
    return html`
      <p>${one.reason}</p>
      <p class="row">
        <button type="button" @click=${() => this.#download(one.version)}>Download model.onnx</button>
        <button type="button" class="quiet" ?disabled=${!one.card} @click=${() => this.#readCard(one.version)}>Model card</button>
      </p>
      ${this.card ? html`<pre class="card-text" tabindex="0" role="region" aria-label="Model card">${this.card}</pre>` : ''}
      ${evaluation ? html`
        <div class="scroll" tabindex="0" role="region" aria-label="Quality by class"><table>
          <caption>By class, on held-out pictures</caption>
          <thead><tr><th scope="col">Class</th><th scope="col">Pictures</th><th scope="col">Recall: found, of all that there are</th>
            <th scope="col">Precision: right, of all that it calls so</th></tr></thead>
          <tbody>${evaluation.classes.map(row => html`<tr><th scope="row">${row.label}</th><td>${row.holdout}</td>
            <td>${estimate(row.recall)}</td><td>${estimate(row.precision)}</td></tr>`)}</tbody>
        </table></div>
        ${evaluation.confusion ? html`<confusion-matrix .labels=${evaluation.classes.map(({label}) => label)}
          .counts=${evaluation.confusion}></confusion-matrix>` : ''}` : html`<p>It was not measured in detail.</p>`}
      <p>${calibration
        ? `When it says 90 %, how far off is that? ${percent(calibration.errorAfter)} on average, ${percent(calibration.errorBefore)}
          before calibration (temperature ${number(calibration.temperature)}, ${calibration.examples} examples).`
        : 'Its confidences are not calibrated: there were too few examples for that.'}</p>`;
  }

  #download(version) {
    this.#attempt(async () => save(await trainer.modelFile(version), `headwater-${version}.onnx`));
  }

  #readCard(version) {
    this.#attempt(async () => { this.card = await trainer.card(version); });
  }
}

customElements.define('version-detail', VersionDetail);
