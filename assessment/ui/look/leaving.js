// Whoever changed a field of a form that neither the server nor the browser keeps, and has it on the
// page still, neither saved nor closed, is asked before the page is left. What a field held when it was
// first touched tells: one that has that again has nothing to lose.
if (window.asksBeforeLeaving) return;
window.asksBeforeLeaving = true;
const fields = given.keys.map((begin) => `[class*="st-key-${begin}"]`).join();
const touched = new Map();
const held = (field) => JSON.stringify(
  [...field.querySelectorAll("input, textarea, [role]")]
    .map(({ value, checked, ariaChecked, ariaValueText }) => [value, checked, ariaChecked, ariaValueText]),
);
for (const sign of ["pointerdown", "focusin"]) {
  addEventListener(sign, ({ target }) => {
    const field = target.closest?.(fields);
    if (field && !touched.has(field)) touched.set(field, held(field));
  }, true);
}
addEventListener("beforeunload", (event) => {
  const isChanged = ([field, before]) => field.isConnected && held(field) !== before;
  if (!window.isToldOfLoss && [...touched].some(isChanged)) event.preventDefault();
});
