import {Store} from './store.js';

const KEY = 'headwater-key';
const NAME = 'headwater-name';

/** Who looks. The key is kept in this tab alone, and forgotten with it. */
export const session = new Store({key: sessionStorage.getItem(KEY) ?? '', refused: ''});

export function signIn(key) {
  sessionStorage.setItem(KEY, key);
  session.value = {key, refused: ''};
}

export function signOut() {
  sessionStorage.removeItem(KEY);
  session.value = {key: '', refused: ''};
}

/** A service does not know the key. */
export function refuse(why) {
  if (session.value.refused !== why) {
    session.value = {...session.value, refused: why};
  }
}

/** How somebody signs labels and decisions where nobody is asked who he is. */
export const name = {
  get: () => sessionStorage.getItem(NAME) ?? '',
  set: value => sessionStorage.setItem(NAME, value.trim()),
};
