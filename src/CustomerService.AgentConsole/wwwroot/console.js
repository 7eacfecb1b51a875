// What only a browser can do for the console: the line to the server, the clock, the theme, sounds, keys.
(() => {
  // --- The line. The server says every five seconds that it is there (ConsoleRegistration.cs): who has heard nothing for twelve is told that the line is
  // cut, before they have written much that would not arrive. Tried again at once and then ever more slowly; when the circuit is gone (the program was started anew), the page is loaded again where it was.
  const modal = document.getElementById("components-reconnect-modal");
  const retryAfter = (attempt) => (attempt === 0 ? 0 : Math.min(500 * 2 ** attempt, 5000));
  Blazor.start({
    circuit: {
      configureSignalR: (line) => line.withServerTimeout(12_000),
      reconnectionOptions: { maxRetries: 100000, retryIntervalMilliseconds: retryAfter },
    },
  });
  const reloadWhenBack = async () => {
    try {
      if ((await fetch("/health/ready", { cache: "no-store" })).ok) return location.reload();
    } catch {
      // Not yet.
    }
    setTimeout(reloadWhenBack, 1000);
  };
  new MutationObserver(() => {
    const lost = modal.classList.contains("components-reconnect-rejected") || modal.classList.contains("components-reconnect-failed");
    if (lost && !modal.dataset.reloading) {
      modal.dataset.reloading = "yes";
      reloadWhenBack();
    }
  }).observe(modal, { attributes: true, attributeFilter: ["class"] });

  // --- Times, in the reader's own time zone and language, that stay true without asking the server.
  // <local-time at="2030-01-01T10:00:00Z" show="time|date|moment|since|until">
  class LocalTime extends HTMLElement {
    static observedAttributes = ["at", "show"];
    static all = new Set();
    connectedCallback() { LocalTime.all.add(this); this.draw(); }
    disconnectedCallback() { LocalTime.all.delete(this); }
    attributeChangedCallback() { this.draw(); }
    draw() {
      const at = new Date(this.getAttribute("at") ?? "");
      if (isNaN(at)) return void (this.textContent = "");
      const text = LocalTime.text(at, this.getAttribute("show") ?? "moment");
      if (this.textContent !== text) this.textContent = text;
      this.title = at.toLocaleString(document.documentElement.lang);
    }
    static text(at, show) {
      const language = document.documentElement.lang;
      const seconds = Math.max(0, Math.round((show === "until" ? at - Date.now() : Date.now() - at) / 1000));
      switch (show) {
        case "time": return at.toLocaleTimeString(language, { hour: "2-digit", minute: "2-digit" });
        case "date": return at.toLocaleDateString(language, { dateStyle: "medium" });
        case "since": case "until": return LocalTime.length(seconds, language);
        default: return Math.abs(Date.now() - at) < 12 * 3600e3 ? LocalTime.text(at, "time") : at.toLocaleString(language, { dateStyle: "short", timeStyle: "short" });
      }
    }
    static length(seconds, language) {
      const [unit, value] = seconds < 60 ? ["second", seconds] : seconds < 3600 ? ["minute", Math.floor(seconds / 60)]
        : seconds < 172800 ? ["hour", Math.floor(seconds / 3600)] : ["day", Math.floor(seconds / 86400)];
      return new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "short" }).format(value);
    }
  }
  customElements.define("local-time", LocalTime);
  setInterval(() => { for (const time of LocalTime.all) if (/since|until/.test(time.getAttribute("show") ?? "")) time.draw(); }, 1000);

  // --- What is chosen in this browser.
  const keep = (name, value) => { document.cookie = `${name}=${value}; path=/; max-age=31536000; samesite=lax${location.protocol === "https:" ? "; secure" : ""}`; };
  const choose = (theme) => {
    keep("console-theme", theme);
    document.documentElement.dataset.theme = theme;
    const media = { light: ["all", "not all"], dark: ["not all", "all"] }[theme] ?? ["(prefers-color-scheme: light)", "(prefers-color-scheme: dark)"];
    document.getElementById("theme-light").media = media[0];
    document.getElementById("theme-dark").media = media[1];
  };

  // --- Numbers beside a text field's lines: <line-numbers for="id" marks="3!,7?">. The field grows with its lines, so that both scroll as one.
  class LineNumbers extends HTMLElement {
    static observedAttributes = ["marks"];
    connectedCallback() {
      this.field = document.getElementById(this.getAttribute("for"));
      this.draw = this.draw.bind(this);
      this.field?.addEventListener("input", this.draw);
      this.watch = setInterval(this.draw, 500); // A text that the server puts there makes no event.
      this.draw();
    }
    disconnectedCallback() { clearInterval(this.watch); this.field?.removeEventListener("input", this.draw); }
    attributeChangedCallback() { this.drawn = null; this.draw?.(); }
    draw() {
      const field = (this.field ??= document.getElementById(this.getAttribute("for")));
      if (!field) return;
      const lines = field.value.split("\n").length, marks = this.getAttribute("marks") ?? "", drawn = `${lines}|${marks}`;
      if (drawn === this.drawn) return;
      this.drawn = drawn;
      field.rows = lines + 1;
      const kinds = new Map(marks.split(",").filter(Boolean).map((mark) => [parseInt(mark, 10), mark.endsWith("!") ? "bad" : "warn"]));
      this.replaceChildren(...Array.from({ length: lines }, (_, line) => {
        const number = document.createElement("span");
        number.textContent = line + 1;
        if (kinds.has(line + 1)) number.className = kinds.get(line + 1);
        return number;
      }));
    }
  }
  customElements.define("line-numbers", LineNumbers);

  window.customerServiceConsole = {
    // A field's line, chosen and in sight.
    toLine(id, line) {
      const field = document.getElementById(id), lines = field.value.split("\n");
      const from = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
      field.focus({ preventScroll: true });
      field.setSelectionRange(from, from + (lines[line - 1]?.length ?? 0));
      const pane = field.parentElement, height = field.scrollHeight / (lines.length + 1);
      pane.scrollTop = Math.max(0, (line - 4) * height);
      field.scrollLeft = 0;
    },
    theme: choose,
    language(language) { keep("console-language", language); document.documentElement.lang = language; for (const time of LocalTime.all) time.draw(); },
    // Two tones: somebody is waiting.
    ring() {
      const context = new AudioContext();
      [[0, 880], [0.18, 1175]].forEach(([at, pitch]) => {
        const tone = context.createOscillator(), volume = context.createGain();
        tone.frequency.value = pitch;
        volume.gain.setValueAtTime(0.0001, context.currentTime + at);
        volume.gain.exponentialRampToValueAtTime(0.15, context.currentTime + at + 0.02);
        volume.gain.exponentialRampToValueAtTime(0.0001, context.currentTime + at + 0.3);
        tone.connect(volume).connect(context.destination);
        tone.start(context.currentTime + at);
        tone.stop(context.currentTime + at + 0.32);
      });
      setTimeout(() => context.close(), 1000);
    },
    async notify(title, body, ask) {
      if (!("Notification" in window)) return;
      if (Notification.permission === "default" && ask) await Notification.requestPermission();
      if (Notification.permission === "granted" && document.hidden) new Notification(title, { body, tag: "offer" });
    },
    // Which parts are folded away, and how many minutes a wall clock here is ahead of UTC at a moment of it.
    folds() { try { return JSON.parse(localStorage.getItem("console-folds") ?? "{}"); } catch { return {}; } },
    fold(name, open) { localStorage.setItem("console-folds", JSON.stringify({ ...this.folds(), [name]: open })); },
    offsetAt(moment) { return -new Date(moment).getTimezoneOffset(); },
    scrollToStart(element) { if (element) element.scrollTop = 0; },
    isScrolled(element) { return (element?.scrollTop ?? 0) > 0; },
    intoSight(id) { document.getElementById(id)?.scrollIntoView({ block: "center" }); },
    scrollToEnd(element) { if (element) element.scrollTop = element.scrollHeight; },
    fullScreen() { if (document.fullscreenElement) document.exitFullscreen(); else document.documentElement.requestFullscreen?.(); },
    // When the server is there at that time; else later.
    beginAnewAfter(milliseconds) {
      setTimeout(async () => {
        try {
          if ((await fetch("/health/ready", { cache: "no-store" })).ok) return location.reload();
        } catch {
          // Not now.
        }
        window.customerServiceConsole.beginAnewAfter(60000);
      }, milliseconds);
    },
    // Keys that are not meant for a field; and any sign of life, at most every twenty seconds.
    listen(page) {
      const keys = (event) => {
        const typing = event.target.closest?.("input, textarea, select, [contenteditable=true]");
        if (event.altKey || event.metaKey || (event.ctrlKey && event.key !== "Enter")) return;
        if (typing && event.key !== "Escape") return;
        if (/^[?/a-z0-9]$|^Escape$|^Arrow(Up|Down)$/i.test(event.key)) page.invokeMethodAsync("PressedAsync", event.key).catch(() => {});
      };
      let last = 0;
      const alive = () => {
        if (Date.now() - last < 20000) return;
        last = Date.now();
        page.invokeMethodAsync("AliveAsync").catch(() => {});
      };
      document.addEventListener("keydown", keys);
      for (const sign of ["keydown", "pointerdown"]) document.addEventListener(sign, alive, { passive: true });
      return { stop() { document.removeEventListener("keydown", keys); for (const sign of ["keydown", "pointerdown"]) document.removeEventListener(sign, alive); } };
    },
  };
})();
