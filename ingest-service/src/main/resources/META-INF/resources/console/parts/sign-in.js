import {Component, html} from '../component.js';
import {config} from '../config.js';
import {session, signIn} from '../state/session.js';

/** Asks for a key or a token. */
class SignIn extends Component {
  followed() {
    return [session];
  }

  render() {
    const what = config.auth === 'oidc' ? 'token' : 'key';
    return html`
      <h1>Who are you?</h1>
      <p>${what === 'key'
        ? 'These services ask for a key. ./headwater keys add makes one.'
        : 'These services ask for a token of your OpenID Connect provider.'}
        It stays in this tab, and is forgotten when the tab is closed.</p>
      <form @submit=${event => this.#submit(event)}>
        <label for="key">${what === 'key' ? 'Key' : 'Token'}</label>
        <input id="key" name="key" type="password" autocomplete="off" required
          aria-describedby="refused">
        <p id="refused" class="problem" role="alert">${session.value.refused}</p>
        <button>Go on</button>
      </form>`;
  }

  #submit(event) {
    event.preventDefault();
    signIn(new FormData(event.target).get('key').trim());
  }
}

customElements.define('sign-in', SignIn);
