import {Component, html} from '../component.js';

const SHADES = 5;

/** What is taken for what. Shades only help the eye; the counts are there. */
class ConfusionMatrix extends Component {
  static properties = {labels: {attribute: false}, counts: {attribute: false}};

  constructor() {
    super();
    this.labels = [];
    this.counts = [];
  }

  render() {
    return html`
      <div class="scroll" tabindex="0" role="region" aria-label="Confusion matrix"><table class="confusion">
        <caption>What it takes for what: each row is what the pictures show, each column what it says</caption>
        <thead><tr><td></td>${this.labels.map(label => html`<th scope="col">${label}</th>`)}</tr></thead>
        <tbody>${this.counts.map((row, truth) => {
          const all = row.reduce((sum, count) => sum + count, 0);
          return html`<tr><th scope="row">${this.labels[truth]}</th>${row.map((count, said) => html`
            <td class=${truth === said ? 'right' : 'wrong'} data-shade=${all ? Math.ceil(count / all * SHADES) : 0}>${count}</td>`)}</tr>`;
        })}</tbody>
      </table></div>`;
  }
}

customElements.define('confusion-matrix', ConfusionMatrix);
