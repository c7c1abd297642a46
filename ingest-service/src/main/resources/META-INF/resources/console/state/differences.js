/** What a version said of an image, answering or listening; undefined if it was not asked. */
function answer({version, label, shadows}, asked) {
  return version === asked ? label : shadows.find(shadow => shadow.version === asked)?.label;
}

/** Images that both versions have seen, and those on which they differ, with what each says. */
export function differences(predictions, one, other) {
  const both = predictions
    .map(prediction => ({id: prediction.imageId, one: answer(prediction, one), other: answer(prediction, other)}))
    .filter(pair => pair.one != null && pair.other != null);
  return {seen: both.length, differing: both.filter(pair => pair.one !== pair.other)};
}
