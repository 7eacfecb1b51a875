// What only a browser can do for the field that agents write in: the caret, keys that choose from a list, files on their way.
// Whoever leaves the page is faster than the line now and then: then there is no field any more, and nothing to do.

// Where the caret stands.
export const caret = (area) => area?.selectionStart ?? 0;

// Puts a text in place of what lies between two places, as if it had been typed.
export function replace(area, from, to, text) {
  if (!area) return;
  area.focus();
  area.setRangeText(text, Math.min(from, area.value.length), Math.min(to, area.value.length), "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

// Puts what was chosen in place of the word before the caret, as long as it has become meanwhile.
export const complete = (area, from, text) => replace(area, from, Math.max(from, caret(area)), text);

// Selects the first place of a mark, for somebody to write over it.
export function mark(area, text) {
  if (!area) return;
  const at = area.value.indexOf(text);
  area.focus();
  if (at >= 0) area.setSelectionRange(at, at + text.length);
}

export function grow(area) {
  if (!area) return;
  area.style.height = "auto";
  area.style.height = `${Math.min(area.scrollHeight + 2, innerHeight * 0.4)}px`;
}

// While a list is open its keys are not the field's. Ctrl + K looks for an article from anywhere.
export function listen(area, composer) {
  if (!area) return { stop() {} };
  const choose = (event) => {
    if (area.dataset.choosing && /^(Enter|Tab|Escape|ArrowUp|ArrowDown)$/.test(event.key) && !event.ctrlKey && !event.metaKey) event.preventDefault();
  };
  const search = (event) => {
    if (event.key !== "k" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
    event.preventDefault();
    composer.invokeMethodAsync("SearchAsync").catch(() => {});
  };
  const fit = () => grow(area);
  area.addEventListener("keydown", choose);
  area.addEventListener("input", fit);
  document.addEventListener("keydown", search);
  return { stop() { area.removeEventListener("keydown", choose); area.removeEventListener("input", fit); document.removeEventListener("keydown", search); } };
}

// Files chosen, pasted into the field or dropped on the form: each is offered to the page, and sent to the server while it says how far it is.
export function files(form, area, input, page) {
  if (!form || !area || !input) return { cancel() {}, stop() {} };
  const sending = new Map();
  let last = 0;
  const send = async (file) => {
    const key = `${++last}`;
    const type = file.type || "application/octet-stream";
    if (!(await page.invokeMethodAsync("OfferAsync", key, file.name, file.size, type))) return;
    const request = new XMLHttpRequest();
    sending.set(key, request);
    let told = 0;
    request.upload.onprogress = (event) => {
      const percent = Math.floor((100 * event.loaded) / Math.max(1, event.total));
      if (percent < told + 10) return;
      told = percent;
      page.invokeMethodAsync("ProgressAsync", key, percent).catch(() => {});
    };
    request.onloadend = () => {
      sending.delete(key);
      page.invokeMethodAsync("EndAsync", key, request.status, request.responseText).catch(() => {});
    };
    request.open("POST", `console/files?name=${encodeURIComponent(file.name)}`);
    request.setRequestHeader("content-type", type);
    request.setRequestHeader("x-console", "file");
    request.send(file);
  };
  const all = (list) => { for (const file of list ?? []) send(file); };
  const chosen = () => { all([...input.files]); input.value = ""; };
  const pasted = (event) => { if (event.clipboardData?.files.length) { event.preventDefault(); all([...event.clipboardData.files]); } };
  const over = (event) => { if ([...event.dataTransfer.types].includes("Files")) { event.preventDefault(); form.classList.add("dropping"); } };
  const left = (event) => { if (!form.contains(event.relatedTarget)) form.classList.remove("dropping"); };
  const dropped = (event) => { form.classList.remove("dropping"); if (event.dataTransfer.files.length) { event.preventDefault(); all([...event.dataTransfer.files]); } };
  const asked = (event) => { if (event.target.closest("[data-attach]")) input.click(); };
  const on = [[form, "click", asked], [input, "change", chosen], [area, "paste", pasted], [form, "dragover", over], [form, "dragleave", left], [form, "drop", dropped]];
  for (const [target, event, act] of on) target.addEventListener(event, act);
  return {
    cancel(key) { sending.get(key)?.abort(); },
    stop() { for (const [target, event, act] of on) target.removeEventListener(event, act); for (const request of sending.values()) request.abort(); },
  };
}
