// What this browser kept goes to the server by a part of the page that comes late: until then nobody
// begins anew with what is shown without it. Should nothing come of it, the page is shown all the same.
if (window.hasTakenUp) return;
window.hasTakenUp = true;
const begin = `who-decides ${location.pathname.replace(/[^/]*$/, "")} `;
const root = document.documentElement.classList;
try {
  const kept = [sessionStorage, localStorage].flatMap((storage) => Object.keys(storage));
  if (kept.some((key) => key.startsWith(begin))) {
    root.add("takes-up");
    setTimeout(() => root.remove("takes-up"), 5_000);
  }
} catch { /* a browser that keeps nothing has nothing to give back */ }
