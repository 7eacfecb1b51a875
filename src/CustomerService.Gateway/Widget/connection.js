// One customer's line to the server: who they are, their one conversation, and what was written and not accepted yet, which is kept under its own id and sent
// again until it is. By a socket; where something on the way lets none through, by requests that wait.
const STORE = "customerservice.chat";
const MAX_SOCKET_TEXT = 16000; // Longer texts go by POST: a socket's frame is limited.
const FIRST_RETRY = 500;
const LAST_RETRY = 15000;
const SOCKETS_TRIED = 2; // That many in a row that don't open, while requests go through: there is no way for sockets.
const POLL_SECONDS = 25;

function newId(kind) {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return kind + "-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Connection {
  // listener: frame(frame), state(name), changed() when it is another conversation. identity: gives a promise of a signed token, or is null.
  constructor(server, language, identity, listener) {
    Object.assign(this, { server, language, identity, listener });
    this.saved = this.load();
    this.lastSequence = 0;
    this.socket = null;
    this.polling = null;
    this.attempts = 0;
    this.unopened = 0;
    this.retryTimer = 0;
    this.started = false;
    this.posting = Promise.resolve();
    window.addEventListener("online", () => { if (this.started && !this.socket && !this.polling) { this.attempts = 0; this.connect(); } });
  }

  // What survives a reload. Whoever was known by the site's word, and is not any more, has signed out there.
  load() {
    let stored = null;
    try {
      stored = JSON.parse(localStorage.getItem(STORE));
    } catch {
      // Unreadable or forbidden storage: begin anew.
    }
    if (stored?.customer && !this.identity) stored = null;
    return {
      token: stored?.token ?? null, visitor: stored?.visitor ?? null, customer: stored?.customer ?? false, begun: stored?.begun ?? false,
      conversation: stored?.conversation ?? newId("c"), outbox: Array.isArray(stored?.outbox) ? stored.outbox : [],
    };
  }

  save() {
    try {
      localStorage.setItem(STORE, JSON.stringify(this.saved));
    } catch {
      // Storage may be full or forbidden; the page still works until it is closed.
    }
  }

  // --- Requests ---

  request(path, options = {}, query = {}, token = this.saved.token) {
    const url = new URL("api/" + path, this.server);
    for (const [name, value] of Object.entries({ language: this.language, ...query })) url.searchParams.set(name, value);
    const headers = { ...options.headers };
    if (token) headers.Authorization = "Bearer " + token;
    return fetch(url, { ...options, headers, credentials: "omit" });
  }

  post(path, body, token) {
    return this.request(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }, {}, token);
  }

  conversationPath(rest = "") {
    return "conversations/" + encodeURIComponent(this.saved.conversation) + rest;
  }

  async upload(file) {
    await this.beginSession();
    const response = await this.request("chat/attachments", { method: "POST", headers: { "Content-Type": file.type || "application/octet-stream" }, body: file }, { name: file.name || "file" });
    const answer = await response.json();
    if (!response.ok) throw new Error(answer.detail);
    return answer;
  }

  async download(reference) {
    const response = await this.request(this.conversationPath("/attachments/" + encodeURIComponent(reference)));
    if (!response.ok) throw new Error("no file: " + response.status);
    return response.blob();
  }

  // --- Session ---

  // Once for each page where the site says who it is; else only where there is none yet.
  async beginSession() {
    if (this.session) return this.session;
    if (this.saved.token && !this.identity) return null;
    this.session = this.askForSession();
    this.session.catch(() => { this.session = null; });
    return this.session;
  }

  async askForSession() {
    const identityToken = this.identity ? await this.identity() : null;
    let response = identityToken ? await this.post("chat/sessions", { identityToken }, null) : null;
    if (response?.status === 401) {
      console.warn("Chat: " + (await response.json()).detail);
      response = null;
    }
    if (!response && this.saved.token && !this.saved.customer) return null; // Nobody is signed in: whoever it was here before.
    response ??= await this.post("chat/sessions", {}, null);
    if (!response.ok) throw new Error("no session: " + response.status);
    const session = await response.json();
    const other = session.visitor !== this.saved.visitor && this.saved.visitor !== null;
    Object.assign(this.saved, { token: session.token, visitor: session.visitor, customer: Boolean(session.conversation) });
    if (other) this.saved.outbox = []; // What somebody else wrote here is not theirs to send.
    const conversation = session.conversation ?? (other ? newId("c") : this.saved.conversation);
    if (session.conversation) this.saved.begun = true;
    this.save();
    if (conversation !== this.saved.conversation) this.switchTo(conversation);
    return session;
  }

  // Somebody else uses the page from now on, or nobody known.
  identify(identity) {
    this.hangUp();
    this.identity = identity;
    this.session = null;
    Object.assign(this.saved, { token: null, visitor: null, customer: false, begun: false, outbox: [] });
    this.switchTo(newId("c"));
    if (this.started) this.connect();
  }

  // --- The line ---

  start() {
    if (this.started) return;
    this.started = true;
    this.save();
    this.connect();
  }

  async connect() {
    clearTimeout(this.retryTimer);
    this.listener.state(this.attempts === 0 ? "connecting" : "reconnecting");
    try {
      await this.beginSession();
    } catch {
      this.reconnectLater();
      return;
    }
    if (this.unopened >= SOCKETS_TRIED) this.poll();
    else this.openSocket();
  }

  openSocket() {
    const url = new URL("api/chat/socket", this.server);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("conversation", this.saved.conversation);
    url.searchParams.set("after", this.lastSequence);
    url.searchParams.set("language", this.language);
    const mine = new WebSocket(url, ["chat.v1", "token." + this.saved.token]);
    let opened = false;
    this.socket = mine;
    mine.onopen = () => { opened = true; this.unopened = 0; };
    mine.onmessage = (event) => { if (this.socket === mine) this.receive(JSON.parse(event.data)); };
    mine.onclose = async () => {
      if (this.socket !== mine) return;
      this.socket = null;
      if (!opened && await this.reachesServer()) this.unopened++;
      this.reconnectLater();
    };
  }

  // A browser doesn't say why a handshake failed, so ask: a token that doesn't hold any more is given up, and with it its conversation. Who has written nothing has none
  // to ask for, and begins anew; what they write meanwhile is theirs all the same.
  async reachesServer() {
    try {
      if (!this.saved.begun && this.saved.outbox.length === 0) {
        this.saved.token = this.saved.visitor = this.session = null;
        await this.beginSession();
        return true;
      }
      const response = await this.request(this.conversationPath());
      if (response.status === 401) {
        this.forgetToken();
        return false;
      }
      return response.ok || response.status === 404;
    } catch {
      return false; // The server is away; the token may still be good.
    }
  }

  forgetToken() {
    this.saved.token = null;
    this.session = null;
    if (this.saved.customer) return;
    this.saved.visitor = null;
    this.switchTo(newId("c"));
  }

  reconnectLater() {
    const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** this.attempts) * (0.5 + Math.random() / 2);
    this.attempts = Math.min(this.attempts + 1, 10);
    this.listener.state(navigator.onLine ? "reconnecting" : "offline");
    clearTimeout(this.retryTimer);
    this.retryTimer = setTimeout(() => this.connect(), wait);
  }

  // Requests that the server holds back until there is something new. A conversation without a message can't be waited for yet.
  async poll() {
    const mine = this.polling = { wake: null, aborting: new AbortController() };
    const { signal } = mine.aborting;
    const untilWoken = () => new Promise((woken) => { mine.wake = woken; });
    try {
      if (!this.saved.begun) {
        await fetch(new URL("chat.svg", this.server), { cache: "no-store", signal }); // Is the server there?
        this.receive({ type: "ready" });
        await untilWoken();
      }
      for (let first = true; this.polling === mine; first = false) {
        const wait = first ? 0 : POLL_SECONDS;
        const response = await this.request(this.conversationPath(), { signal }, { after: this.lastSequence, wait });
        if (this.polling !== mine) return;
        if (response.status === 401) {
          this.forgetToken();
          break;
        }
        const begun = response.status !== 404;
        if (begun && !response.ok) break;
        const page = begun ? await response.json() : null;
        if (first) this.receive({ type: "ready" });
        page?.messages.forEach((message) => this.receive({ ...message, type: "message" }));
        if (page) this.receive({ ...page.standing, type: "status" });
        else await untilWoken();
      }
    } catch {
      // The connection is gone.
    }
    if (this.polling !== mine) return;
    this.polling = null;
    this.reconnectLater();
  }

  hangUp() {
    clearTimeout(this.retryTimer);
    const old = this.socket;
    this.socket = null;
    const poll = this.polling;
    this.polling = null;
    poll?.aborting.abort();
    poll?.wake?.();
    old?.close();
  }

  receive(frame) {
    switch (frame.type) {
      case "ready":
        this.attempts = 0;
        this.listener.state("connected");
        this.saved.outbox.forEach((message) => this.transmit(message));
        break;
      case "message":
        if (frame.sequence <= this.lastSequence) return;
        this.lastSequence = frame.sequence;
        if (frame.author === "customer") this.settle(frame.id);
        this.begun();
        break;
      case "accepted": this.settle(frame.id); this.begun(); break;
      case "busy": {
        const message = this.saved.outbox.find((each) => each.id === frame.id);
        if (message) setTimeout(() => this.transmit(message), frame.retryAfter * 1000 * (1 + Math.random() / 4));
        return;
      }
      case "error":
        if (frame.code === "not_your_conversation") {
          this.switchTo(newId("c"));
          return;
        }
        if (frame.id) this.settle(frame.id);
        break;
    }
    this.listener.frame(frame);
  }

  begun() {
    if (this.saved.begun) return;
    this.saved.begun = true;
    this.save();
  }

  settle(id) {
    const waiting = this.saved.outbox.findIndex((message) => message.id === id);
    if (waiting < 0) return;
    this.saved.outbox.splice(waiting, 1);
    this.save();
  }

  // --- What goes out ---

  say(message) {
    this.saved.outbox.push(message);
    this.save();
    this.transmit(message);
  }

  transmit(message) {
    if (!this.saved.outbox.includes(message)) return;
    if (this.polling || message.text.length > MAX_SOCKET_TEXT) this.posting = this.posting.then(() => this.postMessage(message));
    else this.tellSocket({ type: "message", id: message.id, text: message.text, attachments: message.attachments?.map((file) => file.ticket) });
  }

  async postMessage(message) {
    if (!this.saved.outbox.includes(message)) return;
    try {
      const response = await this.post("chat/messages", {
        conversationId: this.saved.conversation, messageId: message.id, text: message.text, attachments: message.attachments?.map((file) => file.ticket),
      });
      const answer = await response.json();
      if (response.ok) this.receive({ type: "accepted", id: message.id });
      else if (answer.retryAfter) this.receive({ type: "busy", id: message.id, retryAfter: answer.retryAfter });
      else this.receive({ type: "error", id: message.id, code: answer.code, message: answer.detail });
      this.polling?.wake?.();
    } catch {
      if (!this.polling) return; // The socket tells when the line is back.
      this.hangUp();
      this.reconnectLater();
    }
  }

  // Signs: what was received or read, that somebody types. One that is lost is no harm.
  tell(sign) {
    if (this.tellSocket(sign)) return true;
    if (!this.polling || !this.saved.begun) return false;
    this.post("chat/signs", { conversationId: this.saved.conversation, ...sign }).catch(() => {});
    return true;
  }

  tellSocket(frame) {
    if (this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(frame));
    return true;
  }

  switchTo(conversation) {
    const live = this.socket !== null || this.polling !== null;
    this.hangUp();
    this.saved.conversation = conversation;
    this.save();
    this.lastSequence = 0;
    this.attempts = 0;
    this.listener.changed();
    if (live) this.connect();
  }

  begin() {
    this.saved.outbox = [];
    this.saved.begun = false;
    this.switchTo(newId("c"));
  }
}
