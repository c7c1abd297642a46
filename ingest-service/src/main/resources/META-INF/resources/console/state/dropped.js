const PICTURE = /\.(jpe?g|png|webp|gif|bmp|tiff?)$/i;

/** All pictures of what was dropped: files, and folders with what is below them. */
export async function picturesOf(dataTransfer) {
  const entries = [...dataTransfer.items].map(item => item.webkitGetAsEntry()).filter(Boolean);
  const found = await Promise.all(entries.map(entry => below(entry, true)));
  return found.flat();
}

/** What somebody drops by name goes as it is, and is refused with a reason; in a folder only pictures are meant. */
async function below(entry, named) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    return named || PICTURE.test(file.name) ? [file] : [];
  }
  const found = [];
  for (const child of await children(entry.createReader())) {
    found.push(...await below(child, false));
  }
  return found;
}

/** A reader gives them a hundred at a time. */
async function children(reader) {
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return all;
    }
    all.push(...some);
  }
}

/** The pictures of a chosen folder by the folder that each is in: `{label, files}`. */
export function byFolder(files) {
  const folders = new Map();
  for (const file of [...files].filter(({name}) => PICTURE.test(name))) {
    const label = file.webkitRelativePath.split('/').at(-2) ?? '';
    folders.set(label, [...(folders.get(label) ?? []), file]);
  }
  return [...folders].filter(([label]) => label !== '').map(([label, pictures]) => ({label, files: pictures}));
}
