import {html, nothing} from '../component.js';
import {time} from '../words.js';

/** What is known of a poll, in front of what it shows: that it loads, or since when there is nothing new and why. */
export function notice({value: {data, at, problem}}) {
  if (!problem) {
    return data === null ? html`<p class="hint">Loading…</p>` : nothing;
  }
  return html`<p class="problem">${problem.message} ${at ? `What is shown here is of ${time(at)}.` : 'So this is not known.'}</p>`;
}
