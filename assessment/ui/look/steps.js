// Streamlit adds a step to the browser's history for the page a click leads to, and more when that
// page settles its address. What a person does allows one; whatever comes by itself belongs to the
// step there is. A finger that only moves the page does nothing: its pointer never goes up.
let mayStep = false;
for (const sign of ["pointerup", "click", "keydown", "input"]) {
  addEventListener(sign, () => { mayStep = true; }, true);
}
addEventListener("popstate", () => { mayStep = false; }, true);
const push = history.pushState.bind(history);
history.pushState = (...step) => {
  if (mayStep) push(...step); else history.replaceState(...step);
  mayStep = false;
};
