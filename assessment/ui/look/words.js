// Originals are kept, so that a change of language finds them again. Text is only ever looked at in
// parts that hold no text of people.
window.streamlitWords = given.words.map(([from, to]) => [new RegExp(`^${from}$`), to]);
const parts = '[data-testid="stFileUploaderDropzone"], [data-testid="InputInstructions"], '
  + '[data-testid="stFileUploaderFile"], [data-testid="stSelectboxVirtualDropdown"], '
  + '[role="listbox"] [aria-disabled="true"], [data-baseweb="menu"] > li:only-child, '
  + 'a[href="#stMain"], [data-testid="stDownloadButtonError"]';
const originals = (window.streamlitOriginals ??= new WeakMap());
const shownAs = (node, name, text) => {
  const known = originals.get(node) ?? {};
  const before = known[name]?.shown === text ? known[name].from : text;
  const pair = window.streamlitWords.find(([from]) => from.test(before));
  const shown = pair ? before.replace(...pair) : before;
  if (pair || known[name]) originals.set(node, { ...known, [name]: { from: before, shown } });
  return shown;
};
const translate = () => {
  for (const name of ["aria-label", "title"]) {
    document.querySelectorAll(`button[${name}], input[${name}], svg[${name}], nav[${name}], `
      + `kbd[${name}], [role][${name}]`)
      .forEach((element) => {
        const text = element.getAttribute(name), shown = shownAs(element, name, text);
        if (shown !== text) element.setAttribute(name, shown);
      });
  }
  document.querySelectorAll(parts).forEach((part) => {
    const texts = document.createTreeWalker(part, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const node = texts.currentNode, shown = shownAs(node, "text", node.nodeValue);
      if (shown !== node.nodeValue) node.nodeValue = shown;
    }
  });
};
translate();
if (window.streamlitIsTranslated) return;
window.streamlitIsTranslated = true;
let isDue = false;
new MutationObserver(() => {
  if (isDue) return;
  isDue = true;
  requestAnimationFrame(() => { isDue = false; translate(); });
}).observe(document.body, {
  childList: true, subtree: true, characterData: true, attributeFilter: ["aria-label", "title"],
});
