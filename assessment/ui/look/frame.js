// What every page runs: the language, for screen readers, then the rest once in a browser window.
document.documentElement.lang = given.language;
window.wordOfOffline = given.offline;
window.wordOfLost = given.lost;
if (window.hasFrame) return;
window.hasFrame = true;
const watched = { childList: true, subtree: true };

// While the network is away Streamlit shows what is clicked as done, and says nothing of it: so a word
// stands above the page from the second look on. A button that was pressed as the network went, and is
// still there once it is back, may have done nothing: that is said until the next press.
(() => {
  const note = document.createElement("p");
  note.id = "offline";
  note.role = "alert";
  document.body.append(note);
  let looks = 0, pressed = null, lost = null;
  addEventListener("click", (event) => {
    const button = event.target.closest("[data-testid=stMain] .stButton button");
    if (button) [pressed, lost] = [button, null];
  }, true);
  const look = () => {
    const app = document.querySelector("[data-testid=stApp]");
    const isThere = navigator.onLine && app?.dataset.testConnectionState === "CONNECTED";
    if (!isThere) lost ??= pressed;
    else if (app.dataset.testScriptState !== "rerunRequested") pressed = null;
    return isThere;
  };
  const states = ["data-test-connection-state", "data-test-script-state"];
  new MutationObserver(look).observe(document.body, { subtree: true, attributeFilter: states });
  setInterval(() => {
    looks = look() ? 0 : looks + 1;
    const word = looks === 0 && lost?.isConnected ? window.wordOfLost : "";
    const text = looks > 1 ? window.wordOfOffline : word;
    if (note.textContent !== text) note.textContent = text;
  }, 1000);
})();

// The server sends no such header, and the address of a page may hold a link's token. A browser that
// translates puts texts of its own beside ours, which then stay when ours change: a verdict of one
// squad above the bars of another. The pages speak their reader's language themselves.
(() => {
  document.documentElement.translate = false;
  for (const [name, content] of [["referrer", "no-referrer"], ["google", "notranslate"]]) {
    if (document.querySelector(`meta[name=${name}]`)) continue;
    const meta = document.createElement("meta");
    meta.name = name;
    meta.content = content;
    document.head.append(meta);
  }
})();

// Where somebody has a page translated all the same, the translator takes each text out and puts its
// own into the place. Streamlit goes on changing the text that is out, so it is put back then; and
// where it takes that text away, or puts another before it, it means what stands in its place.
(() => {
  const instead = new WeakMap();
  const texts = new MutationObserver((changes) => changes.forEach(({ target }) => {
    if (!target.isConnected) instead.get(target).replaceWith(target);
  }));
  const isForeign = (node) => node?.nodeName === "FONT";
  new MutationObserver((changes) => changes.forEach((change) => {
    const others = [...change.addedNodes, change.previousSibling, change.nextSibling];
    const other = others.find(isForeign);
    change.removedNodes.forEach((node) => {
      if (!other || node.nodeType !== Node.TEXT_NODE || node.isConnected) return;
      instead.set(node, other);
      texts.observe(node, { characterData: true });
    });
  })).observe(document.body, watched);
  const { removeChild, insertBefore } = Node.prototype;
  const shown = (parent, node) => {
    const other = instead.get(node);
    return node?.parentNode !== parent && other?.parentNode === parent ? other : node;
  };
  Node.prototype.removeChild = function (node) {
    removeChild.call(this, shown(this, node));
    return node;
  };
  Node.prototype.insertBefore = function (node, next) {
    return insertBefore.call(this, node, shown(this, next));
  };
})();

// A browser would make links of addresses that people wrote, so an invisible mark keeps the pieces
// apart (see `plain_text`). What is copied is what was written.
(() => {
  document.addEventListener("copy", (event) => {
    const text = String(getSelection());
    if (!text.includes("\u2060")) return;
    event.clipboardData.setData("text/plain", text.replaceAll("\u2060", ""));
    event.preventDefault();
  });
})();

// The phone's drawer puts a group's heading among the items of a list, which is none then: screen
// readers are told so, and read the links under their headings.
(() => {
  const drawer = '[data-testid="stSidebarNav"] :is(ul, li):not([role=presentation])';
  const unlist = () => document.querySelectorAll(drawer).forEach((part) => {
    part.setAttribute("role", "presentation");
  });
  new MutationObserver(unlist).observe(document.body, watched);
  unlist();
})();

// What changes while somebody types is read out where its key begins with "says".
(() => {
  const status = document.createElement("div");
  status.role = "status";
  status.className = "status";
  document.body.append(status);
  const say = () => {
    const text = document.querySelector('[class*="st-key-says-"]')?.innerText ?? "";
    if (status.textContent !== text) status.textContent = text;
  };
  new MutationObserver(say).observe(document.body, { ...watched, characterData: true });
})();

// Icons within a text say nothing that its words do not, and have names of English alone. A chip that
// ends in a full stop is read out with no further one.
(() => {
  const icons = '[role="img"][translate="no"][aria-label$=" icon"]:not([aria-hidden])';
  const hush = () => {
    document.querySelectorAll(icons).forEach((icon) => { icon.ariaHidden = "true"; });
    document.querySelectorAll(".stMarkdownBadge").forEach((chip) => {
      chip.dataset.ends = chip.textContent.endsWith(".");
    });
  };
  new MutationObserver(hush).observe(document.body, { ...watched, characterData: true });
  hush();
})();

// An icon is a word until its font is there, which the page hides, and stays one where that never
// comes.
(() => {
  const show = () => document.documentElement.classList.remove("waits-for-icons");
  document.fonts.load('1em "Material Symbols Rounded"').then(show, show);
})();

// On a phone the menu lies over the page, and stayed there once a page was chosen.
(() => {
  addEventListener("click", (event) => {
    if (!event.target.closest('[data-testid="stSidebarNavLink"]')) return;
    setTimeout(() => {
      document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
      const opener = '[data-testid="stExpandSidebarButton"]';
      setTimeout(() => {
        if (document.activeElement.localName !== "h1") document.querySelector(opener)?.focus({ preventScroll: true });
      }, 300);
    });
  });
})();

// Whoever chooses a page from the menu goes on at its heading, which is read out, and not at the menu;
// unless they went on to something else meanwhile.
(() => {
  const lead = (before, times) => setTimeout(() => {
    const heading = document.querySelector("h1"), app = document.querySelector("[data-testid=stApp]");
    const isThere = location.pathname !== before && app.dataset.testScriptState === "notRunning";
    if (!(heading && isThere)) { if (times) lead(before, times - 1); return; }
    if (!document.activeElement.matches("body, [data-testid=stHeader] *, [data-testid=stSidebar] *")) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }, 200);
  const links = "a:is([data-testid^=stTopNav], [data-testid=stSidebarNavLink])";
  addEventListener("click", (event) => {
    if (event.target.closest(links)) lead(location.pathname, 50);
  }, true);
})();

// A table wider than the screen scrolls sideways, in a box that not every browser lets the
// keyboard reach.
(() => {
  const reach = () => document.querySelectorAll('[data-testid="stTable"] > div').forEach((box) => {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0;
  });
  const soon = () => requestAnimationFrame(reach);
  new MutationObserver(soon).observe(document.body, watched);
  addEventListener("resize", soon);
})();
