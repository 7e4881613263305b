// Streamlit adds a step to the browser's history for the page a click leads to, and more when that
// page settles its address. What a person does allows one; whatever comes by itself belongs to the
// step there is. A finger that only moves the page does nothing: its pointer never goes up.
// After Back, what the page that was left still says of its address is not about the one there is now:
// not until its run has ended, or the next begun, or a person does something.
let mayStep = false, isBack = false;
for (const sign of ["pointerup", "click", "keydown", "input"]) {
  addEventListener(sign, () => { mayStep = true; isBack = false; }, true);
}
addEventListener("popstate", () => { mayStep = false; isBack = true; }, true);
const isOver = ({ target }) => ["running", "notRunning"].includes(target.dataset.testScriptState);
new MutationObserver((changes) => { if (changes.some(isOver)) isBack = false; })
  .observe(document, { attributeFilter: ["data-test-script-state"], subtree: true });
const push = history.pushState.bind(history), replace = history.replaceState.bind(history);
history.replaceState = (state, title, url) => {
  if (!isBack || new URL(url ?? "", location).pathname !== location.pathname) replace(state, title, url);
};
history.pushState = (...step) => {
  if (mayStep) push(...step); else history.replaceState(...step);
  mayStep = false;
};
// Back waits for a field that is still being written in: what it holds is sent once it is left.
window.navigation?.addEventListener("navigate", (way) => {
  const field = document.activeElement;
  if (way.navigationType !== "traverse" || !way.cancelable || !way.destination.sameDocument) return;
  if (!field?.matches("input, textarea")) return;
  way.preventDefault();
  field.blur();
  setTimeout(() => navigation.traverseTo(way.destination.key), 100);
});
