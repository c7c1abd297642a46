import * as trainer from '../api/trainer.js';
import {Component, html, repeat} from '../component.js';
import {notice} from '../parts/notice.js';
import {byFolder} from '../state/dropped.js';
import {examples, trainings} from '../state/polls.js';
import {uploads} from '../state/uploads.js';
import {plural} from '../words.js';
import '../parts/class-card.js';
import '../parts/upload-list.js';

/** Classes that were named in this page; they are known to the services with their first picture. */
let named = [];

/** Shows the services what is what, class by class. */
class TeachView extends Component {
  static properties = {problem: {state: true}, said: {state: true}};

  constructor() {
    super();
    this.problem = '';
    this.said = '';
  }

  followed() {
    return [examples, trainings, uploads];
  }

  render() {
    const known = examples.value.data?.classes ?? {};
    const classes = [...new Set([...Object.keys(known), ...named])];
    return html`
      <h1>Teach</h1>
      <p>Name what there is to tell apart, two classes at least, and give each some pictures: ten are a good beginning.</p>
      ${notice(examples)}
      <form class="row" @submit=${event => this.#add(event)}>
        <label for="class-name">New class</label>
        <input id="class-name" name="name" maxlength="64" required autocomplete="off">
        <button>Add the class</button>
        <label class="button quiet">A folder of folders
          <input type="file" class="hidden" webkitdirectory multiple @change=${event => this.#folders(event)}></label>
      </form>
      <ul class="cards">${repeat(classes, word => word, word => html`
        <li><class-card .word=${word} .count=${known[word] ?? null}></class-card></li>`)}</ul>
      <section aria-labelledby="training-title">
        <h2 id="training-title">Training</h2>
        ${notice(trainings)}
        ${trainings.value.data ? this.#training(trainings.value.data) : ''}
        <button type="button" @click=${() => this.#train()}>Train now</button>
        <p role="status">${this.said}</p>
        <p class="problem" role="alert">${this.problem}</p>
      </section>
      <upload-list></upload-list>`;
  }

  #training({state, why, running, trainings: ended}) {
    const last = ended.find(({endedAt}) => endedAt);
    return html`
      <p data-training=${state}>${running
        ? `A training runs (${running.phase ?? 'starting'}): ${running.trigger}` : why}</p>
      ${last ? html`<p>The last one ${last.version == null ? `ended: ${last.state}` : `made version ${last.version}: ${last.state}`}.
        ${last.reason ?? ''}</p>` : html`<p>There was none yet.</p>`}`;
  }

  #add(event) {
    event.preventDefault();
    const word = new FormData(event.target).get('name').trim();
    event.target.reset();
    if (word && !named.includes(word)) {
      named = [...named, word];
      this.requestUpdate();
    }
  }

  #folders(event) {
    const folders = byFolder(event.target.files);
    folders.forEach(({label, files}) => uploads.add(files, label, 'console folder'));
    named = [...new Set([...named, ...folders.map(({label}) => label)])];
    this.said = `${plural(folders.length, 'folder')}: ${folders.map(({label}) => label).join(', ')}.`;
    event.target.value = '';
  }

  async #train() {
    this.problem = '';
    this.said = '';
    try {
      await trainer.train('Asked for in the console.');
      this.said = 'A training starts.';
    } catch (problem) {
      this.problem = problem.message;
    }
    trainings.refresh();
  }
}

customElements.define('teach-view', TeachView);
