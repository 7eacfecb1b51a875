// The conversation on the screen: where it stands, what was said, what can be chosen, what is being written.
const MAX_FILES = 10;
const MAX_FILE_BYTES = 25000000;

class Panel {
  // connectionOf(panel): makes its line; isSeen(): whether somebody can see it; news(): somebody answered; close(): null where it stays.
  constructor(root, title, connectionOf, { isSeen, news, close }) {
    Object.assign(this, { isSeen, news });
    this.standing = null;
    this.seenUpTo = 0;
    this.typingTimer = 0;
    this.lastTyped = 0;
    this.chosen = [];
    this.build(root, title, close);
    this.connection = connectionOf(this);
    this.messages = new Messages(this.list, this.connection, () => this.standing?.agent);
    document.addEventListener("visibilitychange", () => this.reportSeen());
    this.connection.saved.outbox.forEach((message) => this.messages.addWaiting(message));
    this.welcome.hidden = this.connection.saved.outbox.length > 0;
  }

  build(root, title, close) {
    const quiet = (id, words, act) => h("button", { id, class: "quiet", type: "button", click: act }, words);
    this.state = h("p", { id: "connection", class: "connection", role: "status" }, WORDS.connecting);
    const begin = () => { this.connection.begin(); this.text.focus(); };
    // There is little room beside a site.
    this.fresh = close ? h("button", { id: "fresh", class: "icon", type: "button", "aria-label": WORDS.fresh, title: WORDS.fresh, click: begin }, icon(ICONS.fresh)) : quiet("fresh", WORDS.fresh, begin);
    this.standingText = h("p", { id: "standing", role: "status" });
    this.callMe = quiet("callMe", WORDS.callMe, () => this.showCallForm(true));
    this.callTo = h("input", { id: "callTo", type: "tel", autocomplete: "tel", maxlength: 200, required: true });
    this.callFault = h("p", { id: "callFault", class: "fault", role: "alert", hidden: true });
    this.callForm = h("form", { id: "callForm", class: "call", hidden: true, submit: (event) => { event.preventDefault(); this.askForCall(this.callTo.value.trim()); } },
      h("label", { for: "callTo" }, WORDS.callTo), this.callTo, h("button", { class: "firm", type: "submit" }, WORDS.callAsk),
      quiet("callNever", WORDS.callNever, () => this.showCallForm(false)), this.callFault);
    this.banner = h("section", { id: "banner", class: "banner", "aria-label": WORDS.where, hidden: true }, this.standingText, this.callMe, this.callForm);
    this.callMe.hidden = true;

    this.welcome = h("div", { id: "welcome", class: "welcome" }, h("p", { class: "hello" }, WORDS.hello), h("p", null, WORDS.welcome));
    this.list = h("ol", { id: "messages", class: "messages" });
    this.workingText = h("span", { id: "workingText" });
    this.working = h("div", { id: "working", class: "working", hidden: true }, h("span", { class: "dots", "aria-hidden": "true" }, h("i"), h("i"), h("i")), this.workingText);
    this.log = h("div", { id: "log", class: "log", role: "log", "aria-live": "polite", "aria-label": WORDS.conversation, tabindex: 0 }, this.welcome, this.list, this.working);
    this.actions = h("div", { id: "actions", class: "actions", role: "group", "aria-label": WORDS.suggested });
    this.buildRating();
    this.buildMailing();
    this.buildComposer();

    root.append(h(close ? "div" : "main", { class: "chat" },
      h("header", { class: "bar" }, h("span", { class: "mark" }, icon(ICONS.chat)), h("div", { class: "title" }, h(close ? "h2" : "h1", null, title), this.state), this.mailMe, this.fresh,
        ...(close ? [h("button", { id: "close", class: "icon", type: "button", "aria-label": WORDS.close, click: close }, icon(ICONS.close))] : [])),
      this.banner, this.log, this.actions, this.rating, this.mailing, this.composer));
    this.fitText();
  }

  buildRating() {
    this.scores = [1, 2, 3, 4, 5].map((score) => h("button", {
      class: "score", type: "button", "aria-label": WORDS.score(score), "aria-pressed": "false", click: () => this.rate(score),
    }, String(score)));
    this.comment = h("input", { id: "comment", maxlength: 2000, "aria-label": WORDS.comment, placeholder: WORDS.comment });
    this.commentForm = h("form", { class: "call", hidden: true, submit: (event) => { event.preventDefault(); this.rate(this.score, this.comment.value.trim()); } },
      this.comment, h("button", { class: "firm", type: "submit" }, WORDS.sendComment));
    this.thanks = h("p", { class: "thanks", role: "status" });
    this.rating = h("section", { id: "rating", class: "rating", "aria-label": WORDS.rate, hidden: true },
      h("p", null, WORDS.rate), h("div", { class: "scores", role: "group", "aria-label": WORDS.rate }, ...this.scores), this.commentForm, this.thanks);
  }

  buildMailing() {
    this.mailMe = h("button", { id: "mailMe", class: "icon", type: "button", hidden: true, "aria-label": WORDS.mailMe, title: WORDS.mailMe, "aria-expanded": "false", click: () => this.showMailing(this.mailing.hidden) }, icon(ICONS.mail));
    this.mailTo = h("input", { id: "mailTo", type: "email", autocomplete: "email", maxlength: 254, required: true });
    this.mailAsk = h("button", { class: "firm", type: "submit" }, WORDS.sendComment);
    this.mailNote = h("p", { id: "mailNote", class: "thanks", role: "status" });
    this.mailing = h("form", { id: "mailing", class: "rating", hidden: true, submit: (event) => { event.preventDefault(); this.askForMail(this.mailTo.value.trim()); } },
      h("div", { class: "call" }, h("label", { for: "mailTo" }, WORDS.mailTo), this.mailTo, this.mailAsk), this.mailNote);
  }

  buildComposer() {
    this.text = h("textarea", { id: "text", rows: 1, maxlength: 100000, placeholder: WORDS.write, "aria-describedby": "hint", enterkeyhint: "send", input: () => this.typed(), keydown: (event) => this.key(event), paste: (event) => this.paste(event) });
    this.picker = h("input", { id: "files", type: "file", multiple: true, hidden: true, change: () => { this.choose([...this.picker.files]); this.picker.value = ""; } });
    this.chips = h("ul", { id: "chosen", class: "chosen", "aria-label": WORDS.files });
    this.fileFault = h("p", { class: "fault", role: "alert" });
    this.send = h("button", { id: "send", type: "submit", "aria-label": WORDS.send }, icon(ICONS.send));
    this.composer = h("form", { id: "form", class: "composer", autocomplete: "off", submit: (event) => { event.preventDefault(); this.submit(); } },
      this.chips, this.fileFault, h("label", { class: "visually-hidden", for: "text" }, WORDS.yourMessage),
      h("button", { id: "attach", class: "icon", type: "button", "aria-label": WORDS.attach, click: () => this.picker.click() }, icon(ICONS.attach)), this.picker,
      this.text, this.send, h("p", { id: "hint", class: "hint" }, WORDS.hint));
  }

  // --- What comes in ---

  showState(name) {
    this.state.dataset.state = name === "connected" ? "open" : "waiting";
    this.state.textContent = WORDS[name];
    this.fresh.hidden = this.connection.saved.customer; // Theirs is the same on every device.
  }

  frame(frame) {
    switch (frame.type) {
      case "message": this.addMessage(frame); break;
      case "status": this.showStanding(frame); break;
      case "position": this.standing = { ...this.standing, queue: frame }; this.showWhere(); break;
      case "accepted": this.noteItem(frame.id, "", WORDS.sent); break;
      case "typing": this.showTyping(frame.author); break;
      case "error": if (frame.id) this.noteItem(frame.id, "failed", WORDS.notSent(frame.message)); break;
    }
  }

  noteItem(id, state, note) {
    const item = this.messages.find(id);
    if (item) this.messages.mark(item, state, note);
  }

  addMessage(message) {
    this.messages.add(message);
    this.welcome.hidden = true;
    if (message.author === "customer") {
      this.offer([]);
    } else {
      this.offer(message.actions ?? []);
      this.working.hidden = true;
      if (!this.isSeen()) this.news();
    }
    this.keepAtEnd();
    this.reportSeen();
  }

  showStanding(status) {
    this.standing = status;
    clearTimeout(this.typingTimer);
    this.working.hidden = !status.working;
    this.workingText.textContent = WORDS.working;
    this.mailMe.hidden = !status.mailsTranscript;
    if (this.mailMe.hidden && !this.mailNote.textContent) this.mailing.hidden = true;
    this.showWhere();
    this.showRating();
  }

  showWhere() {
    const standing = this.standing;
    const waits = standing.status === "queued" && !standing.callbackTo;
    this.showBanner(this.bannerFor(standing));
    if (!waits) this.callForm.hidden = true;
    this.callMe.hidden = !(waits && standing.queue?.offersCallback && this.callForm.hidden);
    this.keepAtEnd();
  }

  showBanner(words) {
    this.banner.hidden = !words;
    if (this.standingText.textContent !== words) this.standingText.textContent = words; // The same words again would be read out again.
  }

  bannerFor(status) {
    switch (status.status) {
      case "queued": return status.callbackTo ? this.called(status.callbackTo, status.queue) : this.waiting(status.queue);
      case "assigned": return WORDS.talkingWith(status.agent);
      case "on_hold": return WORDS.onHold(status.agent);
      case "snoozed": return WORDS.snoozed;
      case "resolved": return WORDS.resolved;
      case "closed": return WORDS.closed;
      default: return "";
    }
  }

  called(to, queue) {
    if (queue?.opensAt) return WORDS.calledAtOpening(to, this.dayAndTime(queue.opensAt));
    return (WORDS.called(to) + WORDS.space + this.placeInLine(queue)).trim();
  }

  waiting(queue) {
    if (queue?.opensAt) return WORDS.closedNow(this.dayAndTime(queue.opensAt));
    return (WORDS.handedOver + WORDS.space + this.placeInLine(queue)).trim();
  }

  placeInLine(queue) {
    return queue ? WORDS.place(queue.position, queue.words) : "";
  }

  dayAndTime(moment) {
    const date = new Date(moment);
    const days = Math.round((new Date(date).setHours(0, 0, 0, 0) - new Date().setHours(0, 0, 0, 0)) / 86400000);
    const day = days < 2 ? "" : date.toLocaleDateString(LANGUAGE, days < 7 ? { weekday: "long" } : { weekday: "long", day: "numeric", month: "long" });
    return WORDS.when(days, day, clock(date));
  }

  showTyping(author) {
    this.workingText.textContent = author === "assistant" ? WORDS.working : WORDS.typing(this.standing?.agent);
    this.working.hidden = false;
    this.keepAtEnd();
    clearTimeout(this.typingTimer);
    this.typingTimer = setTimeout(() => { this.working.hidden = true; }, 6000);
  }

  // A message counts as read only where somebody can see it.
  reportSeen() {
    const upTo = this.connection.lastSequence;
    if (upTo <= this.seenUpTo) return;
    const seen = this.isSeen();
    if (this.connection.tell({ type: seen ? "read" : "received", upTo }) && seen) this.seenUpTo = upTo;
  }

  // --- What goes out ---

  say(words, attachments) {
    const text = words.trim();
    if (!text && !attachments?.length) return;
    const message = { id: newId("m"), text, attachments };
    this.messages.addWaiting(message);
    this.welcome.hidden = true;
    this.offer([]);
    this.keepAtEnd();
    this.connection.say(message);
  }

  submit() {
    if (this.send.disabled) return;
    this.say(this.text.value, this.chosen.length ? this.chosen.map((each) => each.file) : undefined);
    this.text.value = "";
    this.chosen = [];
    this.chips.replaceChildren();
    this.fileFault.textContent = "";
    this.fitText();
    this.text.focus();
  }

  key(event) {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.submit();
  }

  typed() {
    this.fitText();
    const now = performance.now();
    if (now - this.lastTyped < 3000 || !this.text.value) return;
    this.lastTyped = now;
    this.connection.tell({ type: "typing" });
  }

  fitText() {
    this.text.style.height = "auto";
    this.text.style.height = this.text.scrollHeight + 2 + "px";
    this.send.disabled = this.chosen.some((each) => !each.file) || (this.text.value.trim() === "" && this.chosen.length === 0);
  }

  // --- Files ---

  paste(event) {
    const files = [...(event.clipboardData?.files ?? [])];
    if (files.length === 0) return;
    event.preventDefault();
    this.choose(files);
  }

  choose(files) {
    this.fileFault.textContent = "";
    for (const file of files.slice(0, MAX_FILES - this.chosen.length)) this.upload(file);
    this.fitText();
    this.text.focus();
  }

  async upload(file) {
    if (file.size > MAX_FILE_BYTES) {
      this.fileFault.textContent = WORDS.tooLarge(file.name);
      return;
    }
    const chosen = { file: null };
    const note = h("span", null, file.name + " · " + WORDS.uploading);
    const chip = h("li", { class: "chip" }, note, h("button", { class: "icon", type: "button", "aria-label": WORDS.remove(file.name), click: () => drop() }, icon(ICONS.close)));
    const drop = () => {
      this.chosen = this.chosen.filter((each) => each !== chosen);
      chip.remove();
      this.fitText();
    };
    this.chosen.push(chosen);
    this.chips.append(chip);
    try {
      const { ticket, name, mediaType, bytes } = await this.connection.upload(file);
      chosen.file = { ticket, name, mediaType, bytes };
      note.textContent = name + " · " + size(bytes);
      this.fitText();
    } catch (fault) {
      drop();
      this.fileFault.textContent = WORDS.notSent(fault instanceof TypeError ? WORDS.noConnection : fault.message);
    }
  }

  // --- A call back, instead of waiting here ---

  async askForCall(to) {
    if (!to) return;
    this.callFault.hidden = true;
    try {
      const response = await this.connection.post(this.connection.conversationPath("/callback"), { to });
      if (response.ok) return; // The line brings what became of it.
      this.callFault.textContent = (await response.json()).detail;
    } catch {
      this.callFault.textContent = WORDS.noConnection;
    }
    this.callFault.hidden = false;
  }

  showCallForm(shown) {
    this.callForm.hidden = !shown;
    this.callMe.hidden = shown;
    this.callFault.hidden = true;
    (shown ? this.callTo : this.text).focus();
  }

  // --- How it went ---

  showRating() {
    const settled = this.standing?.status === "resolved" || this.standing?.status === "closed";
    this.rating.hidden = !settled;
    this.showScore(settled ? this.standing.rating ?? 0 : 0);
    if (!settled) {
      this.comment.value = "";
      this.thanks.textContent = "";
    }
    this.keepAtEnd();
  }

  showScore(score) {
    this.score = score;
    this.scores.forEach((button, at) => button.setAttribute("aria-pressed", String(at + 1 === score)));
    this.commentForm.hidden = score === 0;
  }

  async rate(score, comment) {
    const response = await this.connection.post(this.connection.conversationPath("/rating"), { score, comment: comment || this.comment.value.trim() || undefined }).catch(() => null);
    this.thanks.textContent = response?.ok ? WORDS.thanks : WORDS.noConnection;
    if (response?.ok) this.showScore(score);
    this.keepAtEnd();
  }

  // --- What was said, by mail ---

  showMailing(shown) {
    this.mailing.hidden = !shown;
    this.mailMe.setAttribute("aria-expanded", String(shown));
    this.mailNote.textContent = "";
    this.mailRequest = null;
    (shown ? this.mailTo : this.text).focus();
    this.keepAtEnd();
  }

  // Pressed again when nobody answered, it is the same wish: nothing comes twice.
  async askForMail(to) {
    if (this.mailRequest?.to !== to) this.mailRequest = { to, requestId: newId("t"), timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone };
    this.mailAsk.disabled = true;
    const response = await this.connection.post(this.connection.conversationPath("/transcript"), this.mailRequest).catch(() => null);
    this.mailAsk.disabled = false;
    if (response) this.mailRequest = null;
    if (response?.ok) this.mailTo.value = "";
    this.mailNote.textContent = response?.ok ? WORDS.mailed(to) : response?.status === 400 ? WORDS.mailWrong : response ? WORDS.mailEnough : WORDS.noConnection;
    this.keepAtEnd();
  }

  // --- The rest ---

  offer(suggestions) {
    this.actions.replaceChildren(...suggestions.map((words) =>
      h("button", { class: "action", type: "button", click: () => { this.say(words); this.text.focus(); } }, words)));
  }

  keepAtEnd() {
    this.log.scrollTop = this.log.scrollHeight;
  }

  // It is another conversation now.
  changed() {
    this.seenUpTo = 0;
    this.standing = null;
    this.messages.clear();
    this.offer([]);
    this.showBanner("");
    this.showRating();
    this.callForm.hidden = this.mailing.hidden = this.mailMe.hidden = true;
    this.working.hidden = true;
    this.welcome.hidden = this.connection.saved.outbox.length > 0;
    this.connection.saved.outbox.forEach((message) => this.messages.addWaiting(message));
  }
}
