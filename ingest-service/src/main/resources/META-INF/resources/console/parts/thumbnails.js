import * as inference from '../api/inference.js';

const AT_ONCE = 4;

/** Loads pictures with the key, a few at a time, the last wanted first; what is not wanted any more is not loaded. */
class Thumbnails {
  #wanted = new Map();
  #loading = new Map();

  show(id, image) {
    this.forget(image);
    this.#wanted.set(image, id);
    this.#next();
  }

  forget(image) {
    this.#wanted.delete(image);
    this.#loading.get(image)?.abort();
    this.#loading.delete(image);
    image.removeAttribute('src');
    image.removeAttribute('data-missing');
  }

  #next() {
    while (this.#loading.size < AT_ONCE && this.#wanted.size > 0) {
      const [image, id] = [...this.#wanted].at(-1);
      this.#wanted.delete(image);
      this.#load(id, image);
    }
  }

  async #load(id, image) {
    const loading = new AbortController();
    this.#loading.set(image, loading);
    try {
      const picture = await inference.thumbnail(id, loading.signal);
      if (this.#loading.get(image) === loading) {
        draw(picture, image);
      }
    } catch (problem) {
      if (!loading.signal.aborted) {
        image.dataset.missing = problem.message;
      }
    }
    if (this.#loading.get(image) === loading) {
      this.#loading.delete(image);
    }
    this.#next();
  }
}

/** The address is given back once the picture is drawn: it would keep the bytes for as long as the page lives. */
function draw(picture, image) {
  const address = URL.createObjectURL(picture);
  const done = () => URL.revokeObjectURL(address);
  image.addEventListener('load', done, {once: true});
  image.addEventListener('error', done, {once: true});
  image.src = address;
}

export const thumbnails = new Thumbnails();
