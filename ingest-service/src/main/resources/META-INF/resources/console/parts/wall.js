import {percent, version} from '../words.js';
import {thumbnails} from './thumbnails.js';

/** Tiles in the page, however many images come. */
const MOST_TILES = 96;
const TICK_MILLIS = 250;
/** More than this many a second nobody can look at. */
const TILES_A_TICK = 6;
/** Two seconds behind, the older ones are passed over. */
const MOST_TICKS_BEHIND = 8;

/**
 * The newest images, the newest first. Tiles are used again, and a few are drawn at a time: what comes faster is counted, not drawn.
 * It stands still while a tile has the focus or `held` is true, so that what one looks at doesn't run away.
 */
class Wall extends HTMLElement {
  #waiting = [];
  #tiles = [];
  #list = document.createElement('ul');
  #frame = 0;
  #drawnAt = 0;
  held = false;
  passed = 0;

  connectedCallback() {
    this.#list.className = 'wall';
    this.append(this.#list);
    this.#list.addEventListener('click', event => this.#choose(event));
  }

  disconnectedCallback() {
    cancelAnimationFrame(this.#frame);
    this.#tiles.forEach(tile => thumbnails.forget(tile.image));
  }

  /** One that is there already, as after a reconnection, is not shown twice. */
  offer(prediction) {
    const same = one => one.imageId === prediction.imageId && one.classifiedAt === prediction.classifiedAt;
    if (this.#waiting.some(same) || this.#tiles.some(tile => same(tile.prediction))) {
      return;
    }
    this.#waiting.push(prediction);
    if (this.#waiting.length > MOST_TILES) {
      this.#waiting.shift();
      this.passed++;
    }
    this.#schedule();
  }

  /** Images that have come and are not drawn yet. */
  get waiting() {
    return this.#waiting.length;
  }

  clear() {
    this.#waiting = [];
    this.#tiles.forEach(tile => thumbnails.forget(tile.image));
    this.#tiles = [];
    this.#list.replaceChildren();
    this.passed = 0;
  }

  /** Goes on after `held` was taken away. */
  resume() {
    this.#schedule();
  }

  #schedule() {
    this.#frame ||= requestAnimationFrame(now => this.#draw(now));
  }

  #draw(now) {
    this.#frame = 0;
    if (this.held || this.#waiting.length === 0) {
      return;
    }
    if (!this.matches(':focus-within') && now - this.#drawnAt >= TICK_MILLIS) {
      this.#drawnAt = now;
      // Behind by more than the eye can follow: go on with the newest.
      const late = Math.max(0, this.#waiting.length - TILES_A_TICK * MOST_TICKS_BEHIND);
      this.passed += late;
      this.#waiting.splice(0, late);
      this.#waiting.splice(0, TILES_A_TICK).forEach(prediction => this.#put(prediction));
    }
    this.#schedule();
  }

  #put(prediction) {
    const tile = this.#tiles.length < MOST_TILES ? createTile() : this.#tiles.pop();
    fill(tile, prediction);
    this.#tiles.unshift(tile);
    this.#list.prepend(tile.item);
  }

  #choose(event) {
    const item = event.target.closest('li');
    const tile = this.#tiles.find(one => one.item === item);
    if (tile) {
      this.dispatchEvent(new CustomEvent('chosen', {detail: tile.prediction, bubbles: true}));
    }
  }
}

function createTile() {
  const item = document.createElement('li');
  const button = document.createElement('button');
  const image = document.createElement('img');
  const words = document.createElement('span');
  const mark = document.createElement('span');
  button.type = 'button';
  button.className = 'tile';
  image.alt = '';
  words.className = 'words';
  mark.className = 'mark';
  button.append(image, words, mark);
  item.append(button);
  return {item, button, image, words, mark, prediction: null};
}

function fill(tile, prediction) {
  tile.prediction = prediction;
  const said = prediction.label == null ? 'no version yet' : `${prediction.label} ${percent(prediction.confidence)}`;
  tile.words.textContent = said;
  tile.mark.textContent = prediction.canary ? `${version(prediction.version)} canary` : version(prediction.version);
  tile.button.dataset.image = prediction.imageId;
  tile.button.classList.toggle('canary', prediction.canary);
  tile.button.classList.toggle('unsure', prediction.label != null && prediction.confidence < 0.6);
  if (prediction.thumbnail) {
    thumbnails.show(prediction.imageId, tile.image);
  } else {
    thumbnails.forget(tile.image);
  }
}

customElements.define('headwater-wall', Wall);
