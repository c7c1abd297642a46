import {Component, html} from '../component.js';
import * as predictions from '../state/predictions.js';
import {number, plural} from '../words.js';
import '../parts/prediction-detail.js';
import '../parts/wall.js';

const SECOND = 1000;

/** What comes through, as it comes. */
class StreamView extends Component {
  static properties = {paused: {state: true}, problem: {state: true}};
  #silence = () => {};
  #clock = 0;
  #asking = new AbortController();

  constructor() {
    super();
    this.paused = false;
    this.problem = '';
  }

  followed() {
    return [predictions.feed];
  }

  connectedCallback() {
    super.connectedCallback();
    this.#silence = predictions.listen(prediction => this.#wall?.offer(prediction));
    this.#clock = setInterval(() => this.requestUpdate(), SECOND);
    this.#begin();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#silence();
    clearInterval(this.#clock);
    this.#asking.abort();
  }

  get #wall() {
    return this.querySelector('headwater-wall');
  }

  async #begin() {
    this.#asking.abort();
    this.#asking = new AbortController();
    try {
      const recent = await predictions.recent(this.#asking.signal);
      await this.updateComplete;
      recent.forEach(prediction => this.#wall?.offer(prediction));
      this.problem = '';
    } catch (problem) {
      this.problem = problem.name === 'AbortError' ? '' : problem.message;
    }
  }

  render() {
    const chosen = predictions.filter.value;
    return html`
      <h1>Stream</h1>
      <form class="row" @submit=${event => this.#filter(event)} @reset=${event => this.#filter(event)}>
        <label>Label <input name="label" maxlength="64" .value=${chosen.label}></label>
        <label>Version <input name="version" inputmode="numeric" pattern="[0-9]*" size="5" .value=${chosen.version}></label>
        <label>Less sure than
          <select name="confidence-below">
            <option value="">any</option>${['0.9', '0.75', '0.6', '0.5'].map(share => html`
            <option value=${share} ?selected=${share === chosen['confidence-below']}>${Number(share) * 100} %</option>`)}
          </select></label>
        <label>Answered by
          <select name="canary">
            <option value="">any</option>
            <option value="true" ?selected=${chosen.canary === 'true'}>the canary</option>
            <option value="false" ?selected=${chosen.canary === 'false'}>the stable version</option>
          </select></label>
        <button>Filter</button>
        <button type="reset" class="quiet">Everything</button>
        <button type="button" aria-pressed=${this.paused} @click=${() => this.#pause()}>Pause</button>
      </form>
      <p class="state" data-state=${predictions.feed.value.state}>${this.#state()}</p>
      <p class="problem">${this.problem}</p>
      <headwater-wall @chosen=${event => this.querySelector('prediction-detail').show(event.detail)}></headwater-wall>
      <prediction-detail></prediction-detail>`;
  }

  #state() {
    const {state, problem} = predictions.feed.value;
    if (state === 'away') {
      return `Not connected: ${problem.message} It comes back by itself; what comes through meanwhile is not known.`;
    }
    if (state === 'connecting') {
      return 'Connecting…';
    }
    const rate = predictions.meter.rate();
    const speed = rate === null ? 'Live.' : `Live, ${number(rate)} images a second.`;
    const undrawn = (this.#wall?.passed ?? 0) + predictions.meter.lost;
    return `${speed}${this.paused ? ` Paused; ${plural(this.#wall?.waiting ?? 0, 'image')} came since.` : ''}${undrawn ? ` ${plural(undrawn, 'image')} passed without a tile.` : ''}`;
  }

  #pause() {
    this.paused = !this.paused;
    this.#wall.held = this.paused;
    this.#wall.resume();
  }

  #filter(event) {
    const everything = {label: '', version: '', 'confidence-below': '', canary: ''};
    if (event.type === 'submit') {
      event.preventDefault();
    }
    predictions.choose(event.type === 'reset'
      ? everything
      : Object.fromEntries([...new FormData(event.target)].map(([key, value]) => [key, value.trim()])));
    this.#wall.clear();
    this.#begin();
  }
}

customElements.define('stream-view', StreamView);
