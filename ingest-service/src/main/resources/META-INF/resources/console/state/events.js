/** Takes server-sent events apart, however they are cut: text in, events out. */
export class EventParser {
  #rest = '';
  #event = {name: '', data: [], id: ''};

  /** Those that are complete now. */
  take(text) {
    const lines = (this.#rest + text).split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop();
    const complete = [];
    for (const line of lines) {
      if (line === '') {
        if (this.#event.data.length > 0) {
          complete.push({...this.#event, data: this.#event.data.join('\n')});
        }
        this.#event = {name: '', data: [], id: ''};
      } else if (!line.startsWith(':')) {
        this.#field(line);
      }
    }
    return complete;
  }

  #field(line) {
    const colon = line.indexOf(':');
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') {
      this.#event.data.push(value);
    } else if (field === 'event') {
      this.#event.name = value;
    } else if (field === 'id') {
      this.#event.id = value;
    }
  }
}
