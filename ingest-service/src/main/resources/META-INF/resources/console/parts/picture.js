import {Component, html} from '../component.js';
import {thumbnails} from './thumbnails.js';

/** The picture of an image of the stream: `image-id` which, `called` what to say of it. */
class Picture extends Component {
  static properties = {imageId: {attribute: 'image-id'}, called: {}};

  constructor() {
    super();
    this.imageId = '';
    this.called = '';
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    thumbnails.forget(this.querySelector('img'));
  }

  updated(changed) {
    if (changed.has('imageId') && this.imageId) {
      thumbnails.show(this.imageId, this.querySelector('img'));
    }
  }

  render() {
    return html`<img alt=${this.called || `Picture ${this.imageId}`}>`;
  }
}

customElements.define('headwater-picture', Picture);
