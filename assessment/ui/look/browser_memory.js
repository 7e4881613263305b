// The tab's own storage ends with the tab, the other one does not. A browser that keeps neither,
// or a text that ends with the tab, has the browser ask, in its own words, before a page is left.
const done = new Set();
// What the browser kept when this tab saw it last: where it keeps something else, another tab was used.
const known = window.who_decides_known ??= new Map();
const once = (token) => !done.has(token) && done.add(token);
export default function ({ data, setTriggerValue }) {
  const subject = `who-decides ${location.pathname.replace(/[^/]*$/, "")} ${data.subject} `;
  const own = subject + data.version;
  let lasts = !data.tab_only;
  try {
    const both = [sessionStorage, localStorage];
    const forget = (key) => both.forEach((storage) => storage.removeItem(key));
    const others = () => both.flatMap((storage) => Object.keys(storage))
      .filter((key) => key.startsWith(subject) && key !== own);
    if (data.forget_others && once(data.forget_others)) others().forEach(forget);
    if (data.only_once && !once(data.only_once)) return;
    if (data.ask && !done.has(data.ask)) {
      const kept = both.map((storage) => storage.getItem(own)).find((text) => text !== null);
      const is_news = kept !== undefined && kept !== data.keep;
      if (is_news || others().length) {
        setTriggerValue("kept", { text: is_news ? kept : null, others: others().length });
      }
      if (is_news) {  // asked again until the server no longer asks: nothing is overwritten
        known.set(own, kept);
        return;
      }
      done.add(data.ask);
    }
    const [home, away] = data.tab_only ? both : [...both].reverse();
    const isOthers = (text) => known.has(own) && ![null, known.get(own), data.keep].includes(text);
    const release = (storage) => isOthers(storage.getItem(own)) || storage.removeItem(own);
    if (data.keep) {
      if (!data.only_once && isOthers(home.getItem(own))) {
        setTriggerValue("kept", { text: null, others: others().length, elsewhere: true });
      }
      release(away);
      home.setItem(own, data.keep);
    } else {
      both.forEach(release);
    }
    known.set(own, data.keep);
  } catch {
    lasts = false;
    const isNews = !data.only_once && once(`fails ${own}`);
    if (isNews || data.ask) setTriggerValue("kept", { text: null, others: 0, fails: true });
  }
  document.documentElement.classList.remove("takes-up");
  window.onbeforeunload = data.keep && !lasts ? (event) => event.preventDefault() : null;
}
