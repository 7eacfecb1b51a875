// The chat page. One socket to one conversation; what was said comes from the server, what is not yet accepted is kept
// here under its own id and sent again until it is. All text goes in as text, never as markup.
"use strict";

(() => {
  const { LANGUAGE, WORDS } = window.chatWords;
  const STORE = "customerservice.chat";
  const MAX_SOCKET_TEXT = 16000; // Longer texts go by POST: a socket's frame is limited.
  const FIRST_RETRY = 500;
  const LAST_RETRY = 15000;

  const $ = (id) => document.getElementById(id);
  const log = $("log"), messages = $("messages"), welcome = $("welcome"), working = $("working"), workingText = $("workingText");
  const actions = $("actions"), connection = $("connection"), form = $("form"), text = $("text"), send = $("send");
  const banner = $("banner"), standingText = $("standing"), callMe = $("callMe"), callForm = $("callForm"), callTo = $("callTo"), callFault = $("callFault");

  const saved = load();
  let socket = null;
  let lastSequence = 0;
  let seenUpTo = 0;
  let attempts = 0;
  let retryTimer = 0;
  let typingTimer = 0;
  let lastTyped = 0;
  let standing = null;

  // What survives a reload: who we are, which conversation, and what was not accepted yet.
  function load() {
    let stored = null;
    try {
      stored = JSON.parse(localStorage.getItem(STORE));
    } catch {
      // Unreadable or forbidden storage: begin anew.
    }
    return { token: stored?.token ?? null, conversation: stored?.conversation ?? newId("c"), outbox: Array.isArray(stored?.outbox) ? stored.outbox : [] };
  }

  function save() {
    try {
      localStorage.setItem(STORE, JSON.stringify(saved));
    } catch {
      // Storage may be full or forbidden; the page still works until it is closed.
    }
  }

  function newId(kind) {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return kind + "-" + Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // --- Connection ---

  async function connect() {
    clearTimeout(retryTimer);
    show("connecting", attempts === 0 ? WORDS.connecting : WORDS.reconnecting);
    try {
      if (!saved.token) await beginSession();
    } catch {
      reconnectLater();
      return;
    }

    const url = new URL("api/chat/socket", document.baseURI);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set("conversation", saved.conversation);
    url.searchParams.set("after", lastSequence);
    const mine = new WebSocket(url, ["chat.v1", "token." + saved.token]);
    let opened = false;
    socket = mine;
    mine.onopen = () => { opened = true; };
    mine.onmessage = (event) => { if (socket === mine) receive(JSON.parse(event.data)); };
    mine.onclose = async () => {
      if (socket !== mine) return;
      socket = null;
      if (!opened) await forgetRefusedToken();
      reconnectLater();
    };
  }

  async function beginSession() {
    const response = await fetch("api/chat/sessions", { method: "POST" });
    if (!response.ok) throw new Error("no session: " + response.status);
    saved.token = (await response.json()).token;
    save();
  }

  // A browser doesn't say why a handshake failed, so ask: a token that doesn't hold any more is given up, and with it its conversation.
  async function forgetRefusedToken() {
    try {
      const response = await fetch("api/conversations/" + encodeURIComponent(saved.conversation), { headers: { Authorization: "Bearer " + saved.token } });
      if (response.status === 401) {
        saved.token = null;
        switchTo(newId("c"));
      }
    } catch {
      // The server is away; the token may still be good.
    }
  }

  function reconnectLater() {
    const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** attempts) * (0.5 + Math.random() / 2);
    attempts = Math.min(attempts + 1, 10);
    show("waiting", navigator.onLine ? WORDS.reconnecting : WORDS.offline);
    clearTimeout(retryTimer);
    retryTimer = setTimeout(connect, wait);
  }

  function show(state, words) {
    connection.dataset.state = state;
    connection.textContent = words;
  }

  function tell(frame) {
    if (socket?.readyState !== WebSocket.OPEN) return false;
    socket.send(JSON.stringify(frame));
    return true;
  }

  // --- What comes in ---

  function receive(frame) {
    switch (frame.type) {
      case "ready":
        attempts = 0;
        show("open", WORDS.connected);
        saved.outbox.forEach(transmit);
        break;
      case "message": addMessage(frame); break;
      case "status": showStanding(frame); break;
      case "position": showPlace(frame); break;
      case "accepted": accepted(frame.id, frame.sequence); break;
      case "busy": later(frame); break;
      case "typing": showTyping(frame.author); break;
      case "error": refused(frame); break;
    }
  }

  function addMessage(message) {
    if (message.sequence <= lastSequence) return;
    lastSequence = message.sequence;
    if (message.author === "customer") {
      accepted(message.id, message.sequence);
      if (!find(message.id)) render(message, WORDS.sent);
      place(find(message.id));
      offer([]);
    } else {
      render(message, "");
      offer(message.actions ?? []);
      working.hidden = true;
    }
    reportSeen();
  }

  function accepted(id) {
    const waiting = saved.outbox.findIndex((message) => message.id === id);
    if (waiting >= 0) {
      saved.outbox.splice(waiting, 1);
      save();
    }
    const item = find(id);
    if (item) mark(item, "", WORDS.sent);
  }

  function later(frame) {
    const message = saved.outbox.find((each) => each.id === frame.id);
    if (message) setTimeout(() => transmit(message), frame.retryAfter * 1000 * (1 + Math.random() / 4));
  }

  function refused(frame) {
    if (frame.code === "not_your_conversation") {
      switchTo(newId("c"));
      return;
    }
    const item = frame.id && find(frame.id);
    if (!item) return;
    saved.outbox = saved.outbox.filter((message) => message.id !== frame.id);
    save();
    mark(item, "failed", WORDS.notSent(frame.message));
  }

  function showStanding(status) {
    standing = status;
    clearTimeout(typingTimer);
    working.hidden = !status.working;
    workingText.textContent = WORDS.working;
    showWhere();
  }

  function showPlace(queue) {
    standing = { ...standing, queue };
    showWhere();
  }

  function showWhere() {
    const waits = standing.status === "queued" && !standing.callbackTo;
    showBanner(bannerFor(standing));
    if (!waits) callForm.hidden = true;
    callMe.hidden = !(waits && standing.queue?.offersCallback && callForm.hidden);
    keepAtEnd();
  }

  function showBanner(words) {
    banner.hidden = !words;
    if (standingText.textContent !== words) standingText.textContent = words; // The same words again would be read out again.
  }

  function bannerFor(status) {
    switch (status.status) {
      case "queued": return status.callbackTo ? called(status.callbackTo, status.queue) : waiting(status.queue);
      case "assigned": return WORDS.talkingWith(status.agent);
      case "on_hold": return WORDS.onHold(status.agent);
      case "snoozed": return WORDS.snoozed;
      case "resolved": return WORDS.resolved;
      case "closed": return WORDS.closed;
      default: return "";
    }
  }

  function called(to, queue) {
    if (queue?.opensAt) return WORDS.calledAtOpening(to, dayAndTime(queue.opensAt));
    return (WORDS.called(to) + WORDS.space + placeInLine(queue)).trim();
  }

  function waiting(queue) {
    if (queue?.opensAt) return WORDS.closedNow(dayAndTime(queue.opensAt));
    return (WORDS.handedOver + WORDS.space + placeInLine(queue)).trim();
  }

  function placeInLine(queue) {
    return queue ? WORDS.place(queue.position, queue.words) : "";
  }

  function clock(date) {
    return date.toLocaleTimeString(LANGUAGE, { hour: "2-digit", minute: "2-digit" });
  }

  function dayAndTime(moment) {
    const date = new Date(moment);
    const days = Math.round((new Date(date).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86400000);
    const day = days < 2 ? "" : date.toLocaleDateString(LANGUAGE, days < 7 ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" });
    return WORDS.when(days, day, clock(date));
  }

  function showTyping(author) {
    workingText.textContent = author === "assistant" ? WORDS.working : WORDS.typing(standing?.agent);
    working.hidden = false;
    keepAtEnd();
    clearTimeout(typingTimer);
    typingTimer = setTimeout(() => { working.hidden = true; }, 6000);
  }

  // A message counts as read only where somebody can see it.
  function reportSeen() {
    if (lastSequence <= seenUpTo) return;
    const visible = document.visibilityState === "visible";
    if (tell({ type: visible ? "read" : "received", upTo: lastSequence }) && visible) seenUpTo = lastSequence;
  }

  // --- What goes out ---

  function say(words) {
    const content = words.trim();
    if (!content) return;
    const message = { id: newId("m"), text: content };
    saved.outbox.push(message);
    save();
    renderWaiting(message);
    offer([]);
    transmit(message);
  }

  function transmit(message) {
    if (!saved.outbox.includes(message)) return;
    if (message.text.length > MAX_SOCKET_TEXT) post(message);
    else tell({ type: "message", id: message.id, text: message.text });
  }

  async function post(message) {
    try {
      const response = await fetch("api/chat/messages", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: "Bearer " + saved.token },
        body: JSON.stringify({ conversationId: saved.conversation, messageId: message.id, text: message.text }),
      });
      const answer = await response.json();
      if (response.ok) accepted(message.id);
      else if (answer.retryAfter) later({ id: message.id, retryAfter: answer.retryAfter });
      else refused({ id: message.id, code: answer.code, message: answer.detail });
    } catch {
      // The connection is gone: it is sent again when it is back.
    }
  }

  // --- A call back, instead of waiting here ---

  async function askForCall(to) {
    callFault.hidden = true;
    try {
      const response = await fetch("api/conversations/" + encodeURIComponent(saved.conversation) + "/callback", {
        method: "POST",
        headers: { "Content-Type": "application/json", Authorization: "Bearer " + saved.token },
        body: JSON.stringify({ to }),
      });
      if (response.ok) return; // The socket brings what became of it.
      callFault.textContent = (await response.json()).detail;
    } catch {
      callFault.textContent = WORDS.noConnection;
    }
    callFault.hidden = false;
  }

  function showCallForm(shown) {
    callForm.hidden = !shown;
    callMe.hidden = shown;
    callFault.hidden = true;
    (shown ? callTo : text).focus();
  }

  callMe.addEventListener("click", () => showCallForm(true));
  $("callNever").addEventListener("click", () => showCallForm(false));
  callForm.addEventListener("submit", (event) => {
    event.preventDefault();
    if (callTo.value.trim()) askForCall(callTo.value.trim());
  });

  // --- The page ---

  function render(message, note) {
    const item = document.createElement("li");
    item.className = "message " + message.author;
    item.dataset.id = message.id;
    if (message.author !== "customer") {
      const name = message.author === "agent" && standing?.agent ? standing.agent : WORDS.authors[message.author] ?? message.author;
      item.append(element("span", "who", name));
    } else {
      item.append(element("span", "visually-hidden", WORDS.you));
    }
    const time = message.at ? clock(new Date(message.at)) : "";
    item.append(element("p", "bubble", message.text), element("span", "meta", [time, note].filter(Boolean).join(" · ")));
    item.dataset.time = time;
    if (message.author === "assistant" && message.sources?.length) item.append(verdict(message.sequence));
    messages.append(item);
    welcome.hidden = true;
    keepAtEnd();
    return item;
  }

  // Whether the answer helped; what it rests on rises or falls by it.
  function verdict(sequence) {
    const group = element("span", "verdict", "");
    group.setAttribute("role", "group");
    group.setAttribute("aria-label", WORDS.didItHelp);
    for (const helped of [true, false]) {
      const button = element("button", "quiet", helped ? "👍" : "👎");
      button.type = "button";
      button.setAttribute("aria-label", helped ? WORDS.helped : WORDS.didNotHelp);
      button.setAttribute("aria-pressed", "false");
      button.onclick = async () => {
        const response = await fetch("api/conversations/" + encodeURIComponent(saved.conversation) + "/messages/" + sequence + "/feedback", {
          method: "POST",
          headers: { "Content-Type": "application/json", Authorization: "Bearer " + saved.token },
          body: JSON.stringify({ helped }),
        }).catch(() => null);
        if (response?.ok) for (const each of group.children) each.setAttribute("aria-pressed", String(each === button));
      };
      group.append(button);
    }
    return group;
  }

  function renderWaiting(message) {
    if (!find(message.id)) mark(render({ ...message, author: "customer", at: new Date().toISOString() }, ""), "pending", WORDS.sending);
  }

  function mark(item, state, note) {
    item.classList.remove("pending", "failed");
    if (state) item.classList.add(state);
    item.querySelector(".meta").textContent = [item.dataset.time, note].filter(Boolean).join(" · ");
  }

  // An accepted message stands where the transcript has it: before what is still waiting.
  function place(item) {
    const firstWaiting = messages.querySelector(".pending");
    if (firstWaiting && firstWaiting !== item) messages.insertBefore(item, firstWaiting);
  }

  function find(id) {
    return messages.querySelector('[data-id="' + CSS.escape(id) + '"]');
  }

  function element(name, className, content) {
    const made = document.createElement(name);
    made.className = className;
    made.textContent = content;
    return made;
  }

  function offer(suggestions) {
    actions.replaceChildren(...suggestions.map((words) => {
      const button = element("button", "action", words);
      button.type = "button";
      button.onclick = () => { say(words); text.focus(); };
      return button;
    }));
  }

  function keepAtEnd() {
    log.scrollTop = log.scrollHeight;
  }

  function switchTo(conversation) {
    saved.conversation = conversation;
    save();
    lastSequence = 0;
    seenUpTo = 0;
    standing = null;
    messages.replaceChildren();
    offer([]);
    showBanner("");
    callForm.hidden = true;
    working.hidden = true;
    welcome.hidden = false;
    saved.outbox.forEach(renderWaiting);
    const old = socket;
    socket = null;
    old?.close();
    attempts = 0;
    if (old) connect();
  }

  function fitText() {
    text.style.height = "auto";
    text.style.height = text.scrollHeight + 2 + "px";
    send.disabled = text.value.trim() === "";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    say(text.value);
    text.value = "";
    fitText();
    text.focus();
  });

  text.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      form.requestSubmit();
    }
  });

  text.addEventListener("input", () => {
    fitText();
    const now = performance.now();
    if (now - lastTyped > 3000 && text.value) {
      lastTyped = now;
      tell({ type: "typing" });
    }
  });

  $("fresh").addEventListener("click", () => {
    saved.outbox = [];
    switchTo(newId("c"));
    text.focus();
  });

  document.addEventListener("visibilitychange", reportSeen);
  window.addEventListener("online", () => { if (!socket) { attempts = 0; connect(); } });

  save();
  saved.outbox.forEach(renderWaiting);
  fitText();
  connect();
})();
