import uPlot from '../lib/uplot/uPlot.esm.js';
import {html, Component} from '../component.js';

/** Steps between the numbers of an axis that has no fractions. */
const WHOLE = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];

const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/**
 * A small line: `label` says what it is, `x` and `lines` are equally long, `whole`: x has no fractions. With three lines the outer
 * two bound a band. The numbers themselves stand in the view, for those who can't see a line.
 */
class Chart extends Component {
  static properties = {label: {}, x: {attribute: false}, lines: {attribute: false}, height: {type: Number}, whole: {type: Boolean}};
  #plot = null;
  #size = null;

  constructor() {
    super();
    this.label = '';
    this.x = [];
    this.lines = [];
    this.height = 90;
    this.whole = false;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#size?.disconnect();
    this.#plot?.destroy();
    this.#plot = null;
  }

  render() {
    return html`<div class="chart" role="img" aria-label=${this.label}></div>`;
  }

  updated() {
    const place = this.querySelector('.chart');
    if (!this.#plot) {
      this.#plot = new uPlot(this.#options(place), [this.x, ...this.lines], place);
      this.#size = new ResizeObserver(() => this.#plot?.setSize({width: place.clientWidth, height: this.height}));
      this.#size.observe(place);
    } else {
      this.#plot.setData([this.x, ...this.lines]);
    }
  }

  #options(place) {
    const text = {stroke: colour('--faint'), grid: {stroke: colour('--line'), width: 1}, ticks: {show: false}, size: 44};
    const stroke = colour('--accent');
    const band = this.lines.length === 3;
    return {
      width: place.clientWidth || 300,
      height: this.height,
      legend: {show: false},
      cursor: {show: false},
      scales: {x: {time: false}},
      axes: [{...text, size: 24, ...(this.whole ? {incrs: WHOLE} : {})}, text],
      series: [{}, ...this.lines.map((_, index) => ({
        stroke, width: band && index > 0 ? 0.5 : 1.5, points: {show: this.x.length < 40 && index === 0},
      }))],
      bands: band ? [{series: [3, 2], fill: colour('--band')}] : [],
    };
  }
}

customElements.define('headwater-chart', Chart);
