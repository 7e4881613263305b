// Whoever changed a field of a form that neither the server nor the browser keeps, and has it on the
// page still, neither saved nor closed, is asked before the page is left. What a field held when it was
// first touched tells: one that has that again has nothing to lose. A field is known by its key, since
// another language draws it anew with what it holds. Likewise asked is whoever has neither copied nor
// downloaded what is shown this once: that has a key of its own.
if (window.asksBeforeLeaving) return;
window.asksBeforeLeaving = true;
const selectorOf = (begins) => begins.map((begin) => `[class*="st-key-${begin}"]`).join();
const fields = selectorOf(given.keys), once = selectorOf(given.once);
const choosers = given.choosers.map((key) => `st-key-${key}`);
const touched = new Map();
const keyOf = (part, begins) => [...part.classList]
  .find((name) => begins.some((begin) => name.startsWith(`st-key-${begin}`)));
const shown = (key) => document.querySelector(`.${CSS.escape(key)}`);
const held = (field) => JSON.stringify(
  [...field.querySelectorAll("input, textarea, [role], [data-tag]")].map(
    ({ value, checked, ariaChecked, ariaValueText, dataset }) =>
      [value, checked, ariaChecked, ariaValueText, "tag" in dataset],
  ),
);
for (const sign of ["pointerdown", "focusin"]) {
  addEventListener(sign, ({ target }) => {
    for (const key of touched.keys()) if (!shown(key)) touched.delete(key);
    const field = target.closest?.(fields), key = field && keyOf(field, given.keys);
    if (key && !choosers.includes(key) && !touched.has(key)) touched.set(key, held(field));
  }, true);
}
const taken = new Set();
const takes = "[data-testid=stCode] button, [data-testid=stDownloadButton]";
for (const sign of ["click", "copy"]) {
  addEventListener(sign, ({ target }) => {
    const whole = target.closest?.(once);
    if (whole && (sign === "copy" || target.closest(takes))) taken.add(keyOf(whole, given.once));
  }, true);
}
const isChanged = ([key, before]) => shown(key) && held(shown(key)) !== before;
window.showsUntaken = () => [...document.querySelectorAll(once)]
  .some((whole) => !taken.has(keyOf(whole, given.once)));
window.wouldLose = () => [...touched].some(isChanged) || window.showsUntaken();
addEventListener("beforeunload", (event) => {
  if (!window.isToldOfLoss && window.wouldLose()) event.preventDefault();
});
