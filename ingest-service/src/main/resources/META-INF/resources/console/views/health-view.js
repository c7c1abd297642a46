import {Component, html} from '../component.js';
import {notice} from '../parts/notice.js';
import {drift, engine, readiness} from '../state/polls.js';
import * as predictions from '../state/predictions.js';
import {duration, number, percent, time, UNKNOWN} from '../words.js';
import '../parts/chart.js';
import '../parts/dead-letters.js';

const SECOND = 1000;

/** Whether all is well, in a few numbers. */
class HealthView extends Component {
  #clock = 0;

  followed() {
    return [predictions.feed, drift, engine, ...readiness.values()];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#clock = setInterval(() => this.requestUpdate(), SECOND);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  render() {
    return html`
      <h1>Health</h1>
      <section aria-labelledby="services-title">
        <h2 id="services-title">Services</h2>
        <ul class="plain">${[...readiness].map(([name, {value}]) => html`
          <li><strong>${name}</strong>: ${value.problem ? value.problem.status ? 'not ready' : 'does not answer'
            : value.data ? 'ready' : UNKNOWN}</li>`)}</ul>
      </section>
      ${this.#flow()}
      <section aria-labelledby="drift-title">
        <h2 id="drift-title">Drift</h2>
        ${notice(drift)}
        ${drift.value.data ? this.#drift(drift.value.data) : ''}
      </section>
      <dead-letters></dead-letters>`;
  }

  #flow() {
    const counts = predictions.meter.perSecond();
    const filtered = Object.values(predictions.filter.value).some(Boolean);
    const live = predictions.feed.value.state === 'live';
    const {data} = engine.value;
    return html`
      <section aria-labelledby="flow-title">
        <h2 id="flow-title">Flow</h2>
        ${live ? '' : html`<p class="problem">The stream of predictions is not connected, so rate and latency are not known.</p>`}
        ${filtered ? html`<p class="hint">Of what the filter of the Stream view lets through.</p>` : ''}
        <dl class="figures">
          <div><dt>Images a second</dt><dd>${live ? number(predictions.meter.rate()) : UNKNOWN}</dd></div>
          <div><dt>Half of them within</dt><dd>${live ? duration(predictions.meter.percentile(0.5)) : UNKNOWN}</dd></div>
          <div><dt>99 of 100 within</dt><dd>${live ? duration(predictions.meter.percentile(0.99)) : UNKNOWN}</dd></div>
        </dl>
        <p class="hint">As this page has seen them, from one instance. How many images wait, the services do not tell yet.</p>
        ${counts.length > 1 ? html`<headwater-chart label="Images a second, the last two minutes"
          .x=${counts.map((_, index) => index - counts.length)} .lines=${[counts]}></headwater-chart>` : ''}
        ${data ? html`<p class="hint">${data.engine} ${data.version} on ${data.device}, ${data.threads} threads.</p>` : ''}
      </section>`;
  }

  #drift({drift: sentence, waiting, windows, falseAlarmRate}) {
    return html`
      <p>${sentence ?? waiting ?? 'The images that come are like those the stable version was measured on.'}</p>
      ${windows.length ? html`<table><caption>The last windows; by chance ${percent(falseAlarmRate)} of them would seem to drift</caption>
        <thead><tr><th scope="col">Until</th><th scope="col">Images</th><th scope="col">p</th><th scope="col">Drifted</th></tr></thead>
        <tbody>${windows.map(one => html`<tr><td>${time(one.to)}</td><td>${one.images}</td><td>${number(one.p)}</td>
          <td>${one.drifted ? 'yes' : 'no'}</td></tr>`)}</tbody></table>` : ''}`;
  }
}

customElements.define('health-view', HealthView);
