// What a popover holds stands at the end of the page, and what a button opens in place somewhere
// below it: who opens it by a key goes on inside. Escape closes the latter and leads back, as it
// does from the former, and so does its own button; screen readers hear whether it is open. Escape
// where nothing has the focus closes what is open, and Tab past an end of a popover leads back from
// it, where it led out of the page; what was typed in it is kept. A second click of a double one
// would close it again. Where what it asks stands before a button, that has the focus first: a key
// pressed twice answers nothing.
//
// Answers of which one is chosen are told to be radio buttons: arrows choose, and Tab comes to what
// is chosen. Streamlit's own arrows only move. Where less stands below what was chosen the page
// stays as long while that is there, else it would slip from under the eye.
//
// A deed that is under way is not asked for again, as by a key held down: where it leads to another
// page, Streamlit would run the part of the old one in its place, and show nothing. The second half
// of a double click on a button does nothing elsewhere, but to another answer, and to what is taken
// out one after the other: what came to lie under the pointer in between was not meant.
//
// What changes by itself and is to be heard is told to be so.
//
// A box is named by its label as that is shown, not by the Markdown of it.
//
// Of several buttons that are called alike, each is named with the line it is about, or described by
// the picture.
//
// A list with rows to choose is reached cell by cell; it was reached again as a whole, nameless.
//
// Where what had the focus goes, and nothing else takes it, the focus goes to the heading of the
// page one has come to, else to one in view of what is left around; each loss is looked after by
// itself. A button that rests while it has a file made gets it back.
if (window.leadsKeyboard) return;
window.leadsKeyboard = true;
const find = (selector) => document.querySelector(selector);
let byKey = false;
addEventListener("keydown", () => { byKey = true; }, true);
for (const sign of ["pointerdown", "wheel"]) {
  addEventListener(sign, () => { byKey = false; }, { capture: true, passive: true });
}
const reached = "button:enabled, a[href], input:enabled, textarea:enabled, [tabindex='0']";
// More may be drawn above what has the focus, on a busy machine some seconds later.
const keepInView = (part, times) => setTimeout(() => {
  if (!byKey || document.activeElement !== part) return;
  part.scrollIntoView({ block: "nearest" });
  if (times > 1) keepInView(part, times - 1);
}, 600);
const enter = (inside, times) => {
  const isWithin = inside !== document.activeElement && inside.contains(document.activeElement);
  if (!byKey || !inside.isConnected || isWithin) return;
  inside.tabIndex = -1;
  const next = inside.querySelector(reached), text = inside.querySelector("p");
  const asks = next?.matches('[data-testid^="stBaseButton"]') && text
    && next.compareDocumentPosition(text) & Node.DOCUMENT_POSITION_PRECEDING;
  const first = asks ? text : next;
  if (asks) text.tabIndex = -1;
  (first ?? inside).focus({ preventScroll: true });
  document.activeElement.scrollIntoView({ block: "nearest" });
  if (!first && times) setTimeout(enter, 200, inside, times - 1);  // it may still be drawn
  if (first) keepInView(first, 4);
};
const named = (part, prefix) => [...part.classList].find((name) => name.startsWith(prefix));
const opensIn = "st-key-opens-", openedIn = "st-key-opened-by-opens-";
const openerOf = (target) => {
  const opened = target.closest?.(`[class*="${openedIn}"]`);
  return opened && find(`.${named(opened, openedIn).replace(openedIn, opensIn)} button`);
};
const openOf = (target) => {
  const isNowhere = target.matches?.('body, [data-testid="stMain"]');
  return isNowhere && find(`[class*="${opensIn}"] button[aria-expanded="true"]`);
};
const isDrawn = () => find('[data-testid="stApp"]')?.dataset.testScriptState === "notRunning";
const leaves = ({ key, shiftKey, target }) => {
  const popover = key === "Tab" && target.closest?.('[data-testid="stPopoverBody"]');
  if (!popover) return false;
  const isReached = (part) => part.tabIndex >= 0 && part.checkVisibility({ visibilityProperty: true });
  const parts = [...popover.querySelectorAll(reached)].filter(isReached);
  return target === parts.at(shiftKey ? 0 : -1);
};
const typedInto = '[data-testid="stPopoverBody"] :is(input, textarea):not([role="combobox"])';
const hasOpened = (field) => field.ariaExpanded === "true"
  || (field.closest?.('[data-testid="stDateInput"]') && find('[data-testid="stDateInputCalendar"]'));
const isDone = (field, opener) => field === opener || !hasOpened(field);
const describe = (button, by) => {
  const text = by?.ariaLabel ?? by?.textContent ?? null;
  if (button.ariaDescription !== text) button.ariaDescription = text;
};
const tell = () => {
  document.querySelectorAll(`[class*="${opensIn}"] button`).forEach((button) => {
    const name = named(button.closest(`[class*="${opensIn}"]`), opensIn);
    const isOpen = String(!!find(`.${name.replace(opensIn, openedIn)}`));
    if (button.ariaExpanded !== isOpen) button.ariaExpanded = isOpen;
    const line = button.closest('[data-testid="stHorizontalBlock"]')?.querySelector("strong");
    const label = line && `${button.querySelector("p").textContent} – ${line.textContent}`;
    if (button.ariaLabel !== label) button.ariaLabel = label;
  });
  const pictures = [...document.querySelectorAll('[data-testid="stVegaLiteChart"]')];
  document.querySelectorAll('[class*="st-key-as-table"] :is(button, summary)').forEach((table) => {
    const isBefore = (part) => part.compareDocumentPosition(table) & Node.DOCUMENT_POSITION_FOLLOWING;
    describe(table, pictures.findLast(isBefore));
  });
  document.querySelectorAll(".dvn-scroller").forEach((box) => { box.tabIndex = -1; });
  document.querySelectorAll('[class*="st-key-announced-"]').forEach((part) => { part.ariaLive = "polite"; });
  document.querySelectorAll('label input[aria-label*="**"]').forEach((box) => { box.ariaLabel = null; });
};
let path = [], page = "", gone = null;
const rescue = (part, times) => {
  if (document.activeElement !== document.body || path[0] !== part || part.isConnected) return;
  const isThere = (place) => place.isConnected && place.closest?.('[data-testid="stMain"]');
  const around = path.find(isThere);
  const headings = [...around?.querySelectorAll("h1, h2, h3, h4") ?? []];
  const seen = headings.find((heading) => heading.getBoundingClientRect().top >= 0);
  const left = page === location.pathname ? seen ?? headings.at(-1) ?? around : find("h1");
  if (!left) { if (times) setTimeout(rescue, 300, part, times - 1); return; }
  window.focusFellTo = left;  // what is news still takes it from there
  left.tabIndex = -1;
  left.focus({ preventScroll: page === location.pathname });
};
let resting = null;
const resume = () => {
  const [last] = path;
  if (byKey && last?.disabled) resting = last;
  if (resting !== last || last?.disabled) return;
  if (document.activeElement === document.body) last?.focus({ preventScroll: true });
  resting = null;
};
new MutationObserver((changes) => {
  tell();
  resume();
  if (pinned && !pinned.isConnected) pin(null, "");
  if (byKey && path[0]?.isConnected === false && gone !== path[0]) {
    gone = path[0];
    setTimeout(rescue, 600, gone, 10);
  }
  if (!changes.some((change) => change.addedNodes.length)) return;
  const inPlace = `[data-testid="stPopoverBody"], [class*="${openedIn}"]`;
  document.querySelectorAll(inPlace).forEach((inside) => {
    if (inside.wasEntered) return;
    inside.wasEntered = true;
    if (byKey) setTimeout(enter, 100, inside, 10);
  });
}).observe(document.body, { childList: true, subtree: true });
tell();
let pinned = null;
const pin = (by, height) => {
  pinned = by;
  find('[data-testid="stMainBlockContainer"]').style.minHeight = height;
};
let pressed = { deed: null, at: 0 }, firstHit = null;
addEventListener("click", (event) => {
  const hit = event.target.closest("button"), isHalf = event.detail > 1;
  const isMeant = hit?.matches('[role="radio"], [data-tag] button');
  if (isHalf && hit !== firstHit && !isMeant) { event.preventDefault(); event.stopPropagation(); return; }
  firstHit = hit;
  const deed = event.target.closest('[data-testid="stBaseButton-primary"]');
  const since = deed && deed === pressed.deed ? event.timeStamp - pressed.at : Infinity;
  pressed = { deed, at: event.timeStamp };
  if (since < (isDrawn() ? 250 : 1000)) { event.preventDefault(); event.stopPropagation(); return; }
  const chosen = event.target.closest('[role="radio"]'), main = find('[data-testid="stMain"]');
  const foot = find('[data-testid="stBottom"]')?.offsetHeight ?? 0;
  if (chosen) pin(chosen, `${main.scrollTop + main.clientHeight - foot}px`);
  else if (event.target.closest('[data-testid^="stBaseButton"]')) pin(null, "");
  if (isHalf && event.target.closest(`[class*="${opensIn}"]`)) event.stopPropagation();
  if (event.target.closest('[class*="st-key-closes-"]')) openerOf(event.target)?.focus();
}, true);
addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (leaves(event)) {
    event.preventDefault();
    // What comes behind it may still be drawn.
    const opener = isDrawn() && find('[data-testid="stPopoverButton"][aria-expanded="true"]');
    if (opener) { opener.focus(); opener.click(); }
  }
  if (key === "Escape" && target.matches?.(typedInto)) target.blur();
  const around = openerOf(target) ?? target.closest?.(`[class*="${opensIn}"] button`);
  const opener = around ?? openOf(target);
  if (key === "Escape" && opener?.ariaExpanded === "true" && isDone(target, opener)) {
    opener.click();
    opener.focus();
  }
  const group = key.startsWith("Arrow") && target.closest?.('[role="radiogroup"]');
  if (group) setTimeout(() => {
    const next = document.activeElement;
    if (next !== target && group.contains(next) && next.ariaChecked === "false") next.click();
  });
}, true);
addEventListener("focusin", (event) => {
  const { target, relatedTarget } = event;
  [path, page] = [event.composedPath(), location.pathname];
  const group = byKey && target.role === "radio" && target.closest('[role="radiogroup"]');
  if (!group || group.contains(relatedTarget)) return;
  const chosen = group.querySelector('[aria-checked="true"]');
  if (chosen) setTimeout(() => { if (group.contains(document.activeElement)) chosen.focus(); });
}, true);
