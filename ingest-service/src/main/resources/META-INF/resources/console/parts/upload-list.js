import {Component, html} from '../component.js';
import {uploads} from '../state/uploads.js';
import {plural} from '../words.js';

const ROWS = 60;

/** How the pictures fare that were given here. */
class UploadList extends Component {
  followed() {
    return [uploads];
  }

  render() {
    const {files, done, failed} = uploads.value;
    if (files.length === 0) {
      return html``;
    }
    const failures = files.filter(({state}) => state === 'refused');
    const others = files.filter(({state}) => state !== 'refused');
    const shown = [...failures, ...others].slice(0, ROWS);
    return html`
      <section aria-labelledby="uploads-title">
        <h2 id="uploads-title">Pictures on their way</h2>
        <p role="status" id="upload-progress">${plural(done, 'picture')} taken in, ${failed} refused, ${uploads.left} to go.</p>
        <progress max=${done + failed + uploads.left} value=${done + failed} aria-labelledby="upload-progress"></progress>
        <table>
          <thead><tr><th scope="col">Picture</th><th scope="col">Class</th><th scope="col">How it fares</th></tr></thead>
          <tbody>${shown.map(({name, label, state, why}) => html`
            <tr class=${state === 'refused' ? 'bad' : ''}><th scope="row">${name}</th><td>${label}</td>
              <td>${state}${why ? html`: ${why}` : ''}</td></tr>`)}</tbody>
        </table>
        ${files.length > ROWS ? html`<p class="hint">and ${files.length - ROWS} more</p>` : ''}
        <button type="button" class="quiet" @click=${() => uploads.clear()}>Clear what has ended</button>
      </section>`;
  }
}

customElements.define('upload-list', UploadList);
