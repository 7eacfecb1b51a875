// What was said, as a list. All text goes in as text, never as markup.
const SHOWN = ["image/png", "image/jpeg", "image/gif", "image/webp"];

function h(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes ?? {})) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

function icon(path) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("width", "20");
  svg.setAttribute("height", "20");
  svg.setAttribute("aria-hidden", "true");
  const shape = document.createElementNS("http://www.w3.org/2000/svg", "path");
  shape.setAttribute("d", path);
  svg.append(shape);
  return svg;
}

const ICONS = {
  fresh: "M11 4h2v7h7v2h-7v7h-2v-7H4v-2h7z",
  send: "M3.4 20.4 21 12 3.4 3.6 3 10l11 2-11 2z",
  attach: "M16.5 6v11a4.5 4.5 0 0 1-9 0V5a3 3 0 0 1 6 0v10.5a1.5 1.5 0 0 1-3 0V6H9v9.5a3 3 0 0 0 6 0V5a4.5 4.5 0 0 0-9 0v12a6 6 0 0 0 12 0V6z",
  mail: "M4 4h16a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zm8 9 8-5V6l-8 5-8-5v2z",
  close: "M19 6.4 17.6 5 12 10.6 6.4 5 5 6.4l5.6 5.6L5 17.6 6.4 19l5.6-5.6 5.6 5.6 1.4-1.4-5.6-5.6z",
  chat: "M4 3h16a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H9l-5 4v-4a2 2 0 0 1-2-2V5a2 2 0 0 1 2-2zm3 6v2h10V9z",
};

function clock(date) {
  return date.toLocaleTimeString(LANGUAGE, { hour: "2-digit", minute: "2-digit" });
}

function size(bytes) {
  return bytes < 1000000 ? Math.max(1, Math.round(bytes / 1000)) + " KB" : (bytes / 1000000).toFixed(1) + " MB";
}

class Messages {
  constructor(list, connection, agentName) {
    Object.assign(this, { list, connection, agentName });
    this.pictures = [];
  }

  clear() {
    this.list.replaceChildren();
    this.pictures.splice(0).forEach((url) => URL.revokeObjectURL(url));
  }

  find(id) {
    return this.list.querySelector('[data-id="' + CSS.escape(id) + '"]');
  }

  // A message of the transcript, which may stand here already: as one that was waiting.
  add(message) {
    const waiting = message.author === "customer" ? this.find(message.id) : null;
    const item = waiting ?? this.render(message, message.author === "customer" ? WORDS.sent : "");
    if (waiting) {
      this.mark(waiting, "", WORDS.sent);
      waiting.querySelector(".files")?.replaceWith(this.files(message.attachments ?? []));
    }
    // It stands where the transcript has it: before what is still waiting.
    const firstWaiting = this.list.querySelector(".pending");
    if (firstWaiting && firstWaiting !== item) this.list.insertBefore(item, firstWaiting);
  }

  addWaiting(message) {
    if (!this.find(message.id)) this.mark(this.render({ ...message, author: "customer", at: new Date().toISOString() }, ""), "pending", WORDS.sending);
  }

  mark(item, state, note) {
    item.classList.remove("pending", "failed");
    if (state) item.classList.add(state);
    item.querySelector(".meta").textContent = [item.dataset.time, note].filter(Boolean).join(" · ");
  }

  render(message, note) {
    const time = message.at ? clock(new Date(message.at)) : "";
    const item = h("li", { class: "message " + message.author, "data-id": message.id, "data-time": time });
    if (message.author === "customer") item.append(h("span", { class: "visually-hidden" }, WORDS.you));
    else item.append(h("span", { class: "who" }, (message.author === "agent" && this.agentName()) || (WORDS.authors[message.author] ?? message.author)));
    if (message.text) item.append(h("p", { class: "bubble", dir: "auto" }, message.text));
    if (message.attachments?.length) item.append(this.files(message.attachments));
    item.append(h("span", { class: "meta" }, [time, note].filter(Boolean).join(" · ")));
    if (message.author === "assistant" && message.sources?.length) item.append(this.verdict(message.sequence));
    this.list.append(item);
    return item;
  }

  files(attachments) {
    return h("div", { class: "files" }, ...attachments.map((file) => this.file(file)));
  }

  file(file) {
    const words = file.name + " (" + size(file.bytes) + ")";
    if (!file.reference) return h("span", { class: "file" }, words);
    const saver = h("button", { class: "file", type: "button", "aria-label": WORDS.save(file.name), click: () => this.saveFile(file) }, words);
    if (SHOWN.includes(file.mediaType)) this.show(file, saver);
    return saver;
  }

  // A picture comes with the token, which an address of its own could not carry. A site that forbids it still has the button.
  async show(file, saver) {
    try {
      const url = URL.createObjectURL(await this.connection.download(file.reference));
      this.pictures.push(url);
      const picture = h("img", { class: "picture", alt: file.name, src: url, load: () => saver.replaceChildren(picture) });
    } catch {
      // The button saves it, or says that it can't.
    }
  }

  async saveFile(file) {
    try {
      const blob = await this.connection.download(file.reference);
      const url = URL.createObjectURL(new Blob([blob], { type: "application/octet-stream" })); // Saved, never opened.
      h("a", { href: url, download: file.name }).click();
      setTimeout(() => URL.revokeObjectURL(url), 60000);
    } catch {
      // Pressed again when there is a connection.
    }
  }

  // Whether the answer helped; what it rests on rises or falls by it.
  verdict(sequence) {
    const group = h("span", { class: "verdict", role: "group", "aria-label": WORDS.didItHelp });
    for (const helped of [true, false]) {
      const button = h("button", { class: "quiet", type: "button", "aria-label": helped ? WORDS.helped : WORDS.didNotHelp, "aria-pressed": "false" }, helped ? "👍" : "👎");
      button.onclick = async () => {
        const response = await this.connection.post(this.connection.conversationPath("/messages/" + sequence + "/feedback"), { helped }).catch(() => null);
        if (response?.ok) for (const each of group.children) each.setAttribute("aria-pressed", String(each === button));
      };
      group.append(button);
    }
    return group;
  }
}
