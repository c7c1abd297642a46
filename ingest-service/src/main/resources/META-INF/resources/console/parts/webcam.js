import {Component, html} from '../component.js';

const QUALITY = 0.9;

/** Pictures of the webcam, one for each press; it is off as soon as this is gone. */
class Webcam extends Component {
  static properties = {problem: {state: true}, taken: {state: true}};
  #stream = null;

  constructor() {
    super();
    this.problem = '';
    this.taken = 0;
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      const stream = await navigator.mediaDevices.getUserMedia({video: {width: 640, height: 480}, audio: false});
      this.#stream = stream;
      if (!this.isConnected) {
        return this.#stop();
      }
      await this.updateComplete;
      this.querySelector('video').srcObject = stream;
    } catch (error) {
      this.problem = `There is no camera: ${error.message || error.name}. It needs https or 127.0.0.1, and leave to use it.`;
    }
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#stop();
  }

  render() {
    return this.problem
      ? html`<p class="problem" role="alert">${this.problem}</p>`
      : html`<video autoplay muted playsinline aria-label="What the camera sees"></video>
        <button type="button" @click=${() => this.#take()}>Take a picture</button>
        <span role="status">${this.taken ? `${this.taken} taken` : ''}</span>`;
  }

  #take() {
    const video = this.querySelector('video');
    const canvas = document.createElement('canvas');
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    if (canvas.width === 0) {
      return;
    }
    canvas.getContext('2d').drawImage(video, 0, 0);
    canvas.toBlob(picture => {
      this.taken++;
      this.dispatchEvent(new CustomEvent('picture', {
        detail: new File([picture], `webcam ${this.taken}.jpg`, {type: 'image/jpeg'}),
      }));
    }, 'image/jpeg', QUALITY);
  }

  #stop() {
    this.#stream?.getTracks().forEach(track => track.stop());
    this.#stream = null;
  }
}

customElements.define('headwater-webcam', Webcam);
