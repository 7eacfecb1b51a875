// The tag that loaded this script says what it wants: data-language, data-theme (light, dark), data-position (left), data-title, data-accent,
// data-identity-url or data-identity-token, and data-view="page" for a page of its own instead of a button.
const tag = document.currentScript;
const isPage = tag.dataset.view === "page";
const LANGUAGE = languageOf([tag.dataset.language, ...(isPage ? [] : [document.documentElement.lang]), ...navigator.languages]);
const WORDS = LANGUAGES[LANGUAGE];
const title = tag.dataset.title || WORDS.title;

const host = h("customer-service-chat", { lang: LANGUAGE, "data-view": isPage ? "page" : "button", "data-theme": tag.dataset.theme, "data-position": tag.dataset.position });
const root = host.attachShadow({ mode: "open" });
const sheet = new CSSStyleSheet();
sheet.replaceSync(STYLE);
root.adoptedStyleSheets = [sheet]; // Not even a site that forbids inline styles forbids this.
if (tag.dataset.accent) host.style.setProperty("--accent-setting", tag.dataset.accent);

// Asked anew for each session: such a token is short-lived.
function identityOf({ identityToken, identityUrl }) {
  if (identityToken) return async () => identityToken;
  if (!identityUrl) return null;
  return async () => {
    const response = await fetch(new URL(identityUrl, document.baseURI), { cache: "no-store" });
    return response.ok ? (await response.text()).trim() : null;
  };
}

let open = isPage;
let unread = 0;
const launcher = h("button", { id: "launcher", class: "launcher", type: "button", "aria-expanded": "false", "aria-controls": "panel", click: () => (open ? hide() : show()) });
const badge = h("span", { class: "badge", "aria-hidden": "true", hidden: true });
const frameOfPanel = h("div", isPage ? { class: "page" } : { id: "panel", class: "panel", role: "dialog", "aria-label": title, hidden: true });

const panel = new Panel(frameOfPanel, title, (shown) => new Connection(new URL(".", tag.src), LANGUAGE, identityOf(tag.dataset), {
  frame: (frame) => shown.frame(frame),
  state: (name) => shown.showState(name),
  changed: () => { if (shown.messages) shown.changed(); },
}), {
  isSeen: () => open && document.visibilityState === "visible",
  news: () => { unread++; showLauncher(); },
  close: isPage ? null : () => hide(),
});

function showLauncher() {
  badge.textContent = unread;
  badge.hidden = open || unread === 0;
  launcher.setAttribute("aria-label", open ? WORDS.close : unread ? WORDS.open + " · " + WORDS.unread(unread) : WORDS.open);
  launcher.setAttribute("aria-expanded", String(open));
  launcher.replaceChildren(icon(open ? ICONS.close : ICONS.chat), badge);
}

function show() {
  open = true;
  unread = 0;
  frameOfPanel.hidden = false;
  showLauncher();
  panel.connection.start();
  panel.reportSeen();
  panel.keepAtEnd();
  panel.fitText();
  panel.text.focus();
}

function hide() {
  open = false;
  frameOfPanel.hidden = true;
  showLauncher();
  launcher.focus();
}

function place() {
  document.body.append(host);
  if (isPage) {
    document.documentElement.lang = LANGUAGE;
    document.title = title;
    panel.connection.start();
    panel.fitText();
  } else if (panel.connection.saved.begun || panel.connection.saved.outbox.length > 0) {
    panel.connection.start(); // An answer may come while it is closed.
  }
}

root.append(...(isPage ? [frameOfPanel] : [launcher, frameOfPanel]));
if (!isPage) {
  showLauncher();
  frameOfPanel.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.isComposing) return;
    event.stopPropagation();
    hide();
  });
}

// For the site's own scripts, such as a link "Write to us", or a customer who signs in or out without the page being loaded again.
window.customerServiceChat = Object.freeze({
  open: () => { if (!isPage && !open) show(); },
  close: () => { if (!isPage && open) hide(); },
  identify: (identityToken) => panel.connection.identify(identityOf({ identityToken })),
  signOut: () => panel.connection.identify(null),
});

if (document.body) place();
else document.addEventListener("DOMContentLoaded", place);
