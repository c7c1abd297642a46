import {Component, html, repeat} from '../component.js';
import {notice} from '../parts/notice.js';
import {history, models, rollout} from '../state/polls.js';
import {number, percent, time, version} from '../words.js';
import '../parts/decide-dialog.js';

/** Versions that still can go somewhere. */
const OVER = new Set(['retired']);

/** What is served, where the evidence stands, and the wheel. */
class RolloutView extends Component {
  followed() {
    return [rollout, history, models];
  }

  render() {
    const now = rollout.value.data;
    return html`
      <h1>Rollout</h1>
      ${notice(rollout)}
      ${now ? this.#standing(now) : ''}
      ${now ? this.#controls(now) : ''}
      ${now?.evidence ? this.#evidence(now) : ''}
      ${this.#log()}
      <decide-dialog></decide-dialog>`;
  }

  #standing(now) {
    const flags = [now.paused ? 'paused: nothing goes forward by itself' : '', now.pinned ? 'pinned: the stable version stays' : '']
      .filter(Boolean).join('; ');
    return html`
      <p class="headline">${now.stable == null ? 'No version is served yet.' : `${version(now.stable)} answers`
        + (now.canary == null ? ' all images.' : ` ${100 - now.canaryPercentage} % of the images, ${version(now.canary)},`
        + ` the canary, ${now.canaryPercentage} %.`)}</p>
      <p>${now.shadows.length ? `Listening: ${now.shadows.map(version).join(', ')}.` : 'No other version listens.'}
        ${flags ? html`<strong>${flags}.</strong>` : ''}</p>
      <p>${now.reason}</p>
      ${now.waitingFor ? html`<p>Now: ${now.waitingFor}</p>` : ''}
      <p class="hint">Generation ${now.generation}, decided by ${now.changedBy}, ${time(now.changedAt)}. Policy: ${now.policy}.</p>`;
  }

  #controls(now) {
    const others = (models.value.data ?? []).filter(one => one.version !== now.stable && !OVER.has(one.state)).slice(0, 10);
    return html`
      <section aria-labelledby="wheel-title">
        <h2 id="wheel-title">Take the wheel</h2>
        <p class="row">
          <button type="button" ?disabled=${now.previous == null} @click=${() => this.#decide('rollback',
            `Go back to ${version(now.previous)}`)}>Roll back${now.previous == null ? '' : ` to ${version(now.previous)}`}</button>
          <button type="button" class="quiet" ?disabled=${now.paused} @click=${() => this.#decide('pause', 'Pause the rollout')}>Pause</button>
          <button type="button" class="quiet" ?disabled=${now.pinned || now.stable == null}
            @click=${() => this.#decide('pin', `Pin ${version(now.stable)}`)}>Pin</button>
          <button type="button" class="quiet" ?disabled=${!now.paused && !now.pinned}
            @click=${() => this.#decide('resume', 'Go on by itself')}>Resume</button>
        </p>
        <ul class="plain">${repeat(others, one => one.version, one => html`
          <li class="row"><strong>${version(one.version)}</strong> <span class="badge" data-state=${one.state}>${one.state}</span>
            ${[['promote', 'Promote'], ['canary?percentage=10', 'Canary, 10 %'], ['shadow', 'Listen'], ['reject', 'Reject']]
              .map(([path, word]) => html`<button type="button" class="quiet"
                @click=${() => this.#decide(`${one.version}/${path}`, `${word}: ${version(one.version)}`)}>
                ${word}<span class="unseen"> ${version(one.version)}</span></button>`)}
          </li>`)}</ul>
      </section>`;
  }

  #evidence({evidence}) {
    const {trial, traffic, dataPlane} = evidence;
    return html`
      <section aria-labelledby="evidence-title">
        <h2 id="evidence-title">Where the evidence stands</h2>
        ${trial ? html`
          <p>${version(trial.version)} beside ${version(trial.against)} on ${trial.images} labelled images: right on ${trial.wins} where
            that is wrong, wrong on ${trial.losses} where that is right.</p>
          <table><caption>Evidence; ${number(evidence.level)} suffices, 1 is none</caption>
            <tbody>${[['It is not worse', trial.notWorse], ['It is better', trial.better], ['It is worse', trial.worse]]
              .map(([what, value]) => html`<tr><th scope="row">${what}</th><td>${number(value)}</td>
                <td><meter min="0" max=${evidence.level} value=${Math.min(value, evidence.level)} aria-label=${what}></meter></td></tr>`)}
            </tbody></table>
          <p>${evidence.labelsInStep} labels in this step; ${evidence.minLabels} are needed.</p>`
        : html`<p>No version is on trial.</p>`}
        ${traffic ? html`<p>On all ${traffic.images} images they agree on ${percent(traffic.agreement)}.</p>` : ''}
        ${dataPlane ? html`<p>${dataPlane.instances} instances of the inference-service;
          ${dataPlane.behind.length ? `behind: ${dataPlane.behind.map(said).join(', ')}` : 'all apply this generation'}.
          ${dataPlane.refusals.length ? html`<strong>Refusals: ${dataPlane.refusals.map(said).join('; ')}.</strong>` : ''}</p>` : ''}
      </section>`;
  }

  #log() {
    return html`
      <section aria-labelledby="log-title">
        <h2 id="log-title">What was decided, and why</h2>
        ${notice(history)}
        <ol class="plain log" tabindex="0" aria-labelledby="log-title">${repeat(history.value.data ?? [], ({generation}) => generation, one => html`
          <li><span class="hint">${time(one.changedAt)}, ${one.changedBy}, generation ${one.generation}</span><br>${one.reason}</li>`)}</ol>
      </section>`;
  }

  #decide(path, title) {
    this.querySelector('decide-dialog').show(path, title, rollout.value.data.generation);
  }
}

/** What the trainer tells of an instance: a word, or a record of them. */
const said = one => typeof one === 'string' ? one : Object.values(one).filter(value => value !== null).join(' ');

customElements.define('rollout-view', RolloutView);
