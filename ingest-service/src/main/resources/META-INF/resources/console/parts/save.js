/** Hands a file to the browser to keep. A plain link could not send a key. */
export function save(content, filename) {
  const address = URL.createObjectURL(content);
  const link = document.createElement('a');
  link.href = address;
  link.download = filename;
  link.click();
  // The browser has to have begun before the address is given back.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
