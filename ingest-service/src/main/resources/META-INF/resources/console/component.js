import {ReactiveElement} from './lib/reactive-element/reactive-element.js';
import {render} from './lib/lit-html/lit-html.js';

export {html, nothing} from './lib/lit-html/lit-html.js';
export {repeat} from './lib/lit-html/directives/repeat.js';

/**
 * A Lit component, as LitElement is, but drawn into the page itself: one style sheet for all, and labels and descriptions may refer
 * to each other by id.
 */
export class Component extends ReactiveElement {
  #unsubscribe = [];

  /** The stores whose changes it shows. */
  followed() {
    return [];
  }

  createRenderRoot() {
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#unsubscribe = this.followed().map(store => store.subscribe(() => this.requestUpdate()));
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#unsubscribe.forEach(unsubscribe => unsubscribe());
    this.#unsubscribe = [];
  }

  update(changed) {
    super.update(changed);
    render(this.render(), this.renderRoot, {host: this});
  }
}
