import {Component, html, repeat} from '../component.js';
import {notice} from '../parts/notice.js';
import {models, quality} from '../state/polls.js';
import {estimate, time} from '../words.js';
import '../parts/chart.js';
import '../parts/side-by-side.js';
import '../parts/version-detail.js';

const CHARTED = 50;

/** All versions, and what is known of each. */
class VersionsView extends Component {
  static properties = {chosen: {state: true}};

  constructor() {
    super();
    this.chosen = null;
  }

  followed() {
    return [models, quality];
  }

  render() {
    const all = models.value.data ?? [];
    return html`
      <h1>Versions</h1>
      ${notice(models)}
      ${models.value.data && all.length === 0 ? html`<p>There is no version yet. The first comes with the first training.</p>` : ''}
      ${this.#timeline(all)}
      ${all.length ? this.#table(all) : ''}
      <version-detail .version=${this.chosen}></version-detail>
      <side-by-side .versions=${all}></side-by-side>`;
  }

  #timeline(all) {
    const measured = all.filter(({evaluation}) => evaluation).slice(0, CHARTED).reverse();
    if (measured.length < 2) {
      return '';
    }
    const line = part => measured.map(({evaluation}) => evaluation.accuracy[part]);
    return html`<headwater-chart label="Accuracy on held-out pictures by version, with 95 % intervals; the table has the numbers"
      .x=${measured.map(({version}) => version)} .lines=${[line('value'), line('low'), line('high')]} height="140" whole></headwater-chart>`;
  }

  #table(all) {
    const live = new Map((quality.value.data?.versions ?? []).map(one => [one.version, one]));
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="All versions">
        <table>
          <thead><tr><th scope="col">Version</th><th scope="col">State</th><th scope="col">Examples</th>
            <th scope="col">Right on held-out pictures</th><th scope="col">Right on live ones</th>
            <th scope="col">Trained</th><th scope="col">Why it was trained</th></tr></thead>
          <tbody>${repeat(all, ({version}) => version, one => html`
            <tr class=${one.version === this.chosen ? 'chosen' : ''}>
              <th scope="row"><button type="button" class="link" aria-pressed=${one.version === this.chosen}
                @click=${() => { this.chosen = one.version; }}>v${one.version}</button></th>
              <td><span class="badge" data-state=${one.state}>${one.state}</span></td>
              <td>${one.examples}</td>
              <td>${estimate(one.evaluation?.accuracy)}</td>
              <td>${this.#live(live.get(one.version))}</td>
              <td>${time(one.trainedAt)}</td>
              <td>${one.trigger}</td>
            </tr>`)}</tbody>
        </table>
      </div>
      <p class="hint">In brackets: the range that the true share is in, 95 times of 100.</p>`;
  }

  /** Of an empty tally the interval is everything, and the value says nothing. */
  #live(one) {
    const tally = one && (one.served.images > 0 ? one.served : one.shadow);
    return tally && tally.images > 0
      ? `${estimate(tally.accuracy)}, ${tally.images} labelled${tally === one.shadow ? ', listening' : ''}` : 'no labels yet';
  }
}

customElements.define('versions-view', VersionsView);
