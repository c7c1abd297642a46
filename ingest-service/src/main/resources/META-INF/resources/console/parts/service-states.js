import {Component, html} from '../component.js';
import {readiness} from '../state/polls.js';

/** Says which service can't be asked, and nothing while all can. */
class ServiceStates extends Component {
  followed() {
    return [...readiness.values()];
  }

  render() {
    const away = [...readiness].filter(([, {value}]) => value.problem);
    return html`
      <div class="away" role="status">${away.map(([name, {value}]) => html`
        <p><strong>${name}:</strong> ${value.problem.status
          ? 'it answers, but is not ready.' : value.problem.message}
          What it would say is not known; it is asked again by itself.</p>`)}</div>`;
  }
}

customElements.define('service-states', ServiceStates);
