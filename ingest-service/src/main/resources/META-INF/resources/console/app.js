import {loadConfig} from './config.js';

const starting = document.getElementById('starting');
try {
  await loadConfig();
  await import('./shell.js');
  starting.replaceWith(document.createElement('headwater-console'));
} catch (error) {
  starting.textContent = `The console could not be loaded: ${error.message} Reload the page to try again.`;
}
