import {Component, html} from './component.js';
import {config} from './config.js';
import {session, signOut} from './state/session.js';
import './parts/service-states.js';
import './parts/sign-in.js';
import './views/health-view.js';
import './views/label-view.js';
import './views/rollout-view.js';
import './views/stream-view.js';
import './views/teach-view.js';
import './views/versions-view.js';

const VIEWS = new Map([
  ['stream', {title: 'Stream', draw: () => html`<stream-view></stream-view>`}],
  ['label', {title: 'Label', draw: () => html`<label-view></label-view>`}],
  ['teach', {title: 'Teach', draw: () => html`<teach-view></teach-view>`}],
  ['versions', {title: 'Versions', draw: () => html`<versions-view></versions-view>`}],
  ['rollout', {title: 'Rollout', draw: () => html`<rollout-view></rollout-view>`}],
  ['health', {title: 'Health', draw: () => html`<health-view></health-view>`}],
]);

/** The frame: which view, whether the services are there, and who looks. */
class Shell extends Component {
  #turn = () => this.#show(true);

  static properties = {view: {state: true}};

  constructor() {
    super();
    this.view = 'stream';
  }

  followed() {
    return [session];
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('hashchange', this.#turn);
    this.#show(false);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('hashchange', this.#turn);
  }

  async #show(moveFocus) {
    const asked = location.hash.replace('#/', '');
    this.view = VIEWS.has(asked) ? asked : 'stream';
    document.title = `${VIEWS.get(this.view).title} · Headwater`;
    await this.updateComplete;
    if (moveFocus) {
      this.querySelector('main').focus();
    }
  }

  render() {
    const {key, refused} = session.value;
    const known = config.auth === 'none' || (key && !refused);
    return html`
      <a class="skip" href="#main" @click=${event => this.#skip(event)}>Skip to the content</a>
      <header>
        <span class="brand">Headwater</span>
        <nav aria-label="Views">
          <ul>${[...VIEWS].map(([id, {title}]) => html`
            <li><a href="#/${id}" aria-current=${id === this.view ? 'page' : 'false'}>${title}</a></li>`)}</ul>
        </nav>
        ${config.auth !== 'none' && key ? html`<button type="button" class="quiet" @click=${signOut}>Forget the key</button>` : ''}
      </header>
      <service-states></service-states>
      <main id="main" tabindex="-1">${known ? VIEWS.get(this.view).draw() : html`<sign-in></sign-in>`}</main>`;
  }

  #skip(event) {
    event.preventDefault();
    this.querySelector('main').focus();
  }
}

customElements.define('headwater-console', Shell);
