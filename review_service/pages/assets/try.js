// Try it: the text is reviewed half a second after the last key; the server analyses only sentences it does not know yet.
"use strict";
const data = JSON.parse(document.getElementById("data").textContent);
const csrf = document.querySelector("meta[name=csrf-token]").content;
const form = document.getElementById("draft");
const body = form.elements.body;
const behind = document.getElementById("behind");
const overlay = body.parentElement;
const status = document.getElementById("try-status");
const cards = document.getElementById("cards");
const PAUSE = 500; // milliseconds
const FORMATS = { html: "html", htm: "html", md: "markdown" };
let timer = 0;
let latest = 0;
let format = "text";

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

function show(review) {
  status.textContent = review.issues.length ? "" : status.dataset.clean;
  const themes = document.getElementById("try-themes");
  const chosen = review.themes.filter((theme) => theme.selected);
  themes.replaceChildren(...(chosen.length
    ? chosen.map((theme) => element("span", `${theme.label} ${Math.round(theme.score * 100)} %`, "chip"))
    : [element("span", themes.dataset.off, "chip off")]));
  cards.replaceChildren(...review.issues.map(card));
  mark(review.issues);
}

function card(issue) {
  const made = element("li", "", `card ${issue.severity}`);
  const head = element("p", "", "card-head");
  head.append(element("span", data.severities[issue.severity], `badge ${issue.severity}`), " ", element("code", issue.code));
  made.append(head, element("p", issue.message, "message"));
  if (issue.replacements.length) made.append(element("p", `→ ${issue.replacements.filter(Boolean).join(" / ")}`, "hint"));
  made.append(element("p", issue.explanation, "hint"));
  if (issue.field === "body") {
    made.tabIndex = 0;
    const go = () => { body.focus(); body.setSelectionRange(issue.start, issue.end); };
    made.addEventListener("click", go);
    made.addEventListener("keydown", (event) => { if (event.key === "Enter") go(); });
  }
  return made;
}

function mark(issues) {
  const text = body.value;
  const spans = issues.filter((issue) => issue.field === "body" && issue.end > issue.start).sort((a, b) => a.start - b.start);
  const pieces = [];
  let at = 0;
  for (const issue of spans) {
    const start = Math.max(at, issue.start);
    if (issue.end <= start) continue;
    pieces.push(text.slice(at, start), element("span", text.slice(start, issue.end), `mark ${issue.severity}`));
    at = issue.end;
  }
  behind.replaceChildren(...pieces, `${text.slice(at)}\n`);
  behind.scrollTop = body.scrollTop;
}

async function ask(path, sent) {
  const answer = await fetch(path, { method: "POST", headers: csrf ? { "X-CSRF-Token": csrf } : {}, body: sent });
  const found = await answer.json();
  if (!answer.ok) throw new Error(found.detail);
  return found;
}

async function review() {
  const turn = ++latest;
  if (!body.value.trim()) {
    status.textContent = status.dataset.waiting;
    cards.replaceChildren();
    document.getElementById("try-themes").replaceChildren();
    return mark([]);
  }
  status.textContent = status.dataset.busy;
  const draft = { body: body.value, format, language: data.language };
  for (const name of ["title", "author", "unit"]) if (form.elements[name].value.trim()) draft[name] = form.elements[name].value;
  try {
    const found = await ask("/review?store=no&offsets=utf16", new Blob([JSON.stringify(draft)], { type: "application/json" }));
    if (turn === latest) show(found); // otherwise something newer was typed
  } catch (error) {
    if (turn === latest) status.textContent = status.dataset.failed.replace("#", error.message);
  }
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(review, PAUSE);
}

async function take(file) {
  if (!file) return;
  const ending = file.name.split(".").pop().toLowerCase();
  try {
    const draft = ending === "docx" ? await ofWord(file) : { body: await file.text(), format: FORMATS[ending] ?? "text" };
    if (draft.body.length > Number(form.dataset.longest)) return void (status.textContent = form.dataset.long);
    format = draft.format;
    body.value = draft.body;
    if (draft.title) form.elements.title.value = draft.title;
    later();
  } catch (error) {
    status.textContent = status.dataset.failed.replace("#", error.message);
  }
}

async function ofWord(file) {
  const sent = new FormData();
  sent.append("file", file);
  return (await ask("/review/file?store=no", sent)).draft;
}

form.addEventListener("submit", (event) => event.preventDefault());
form.addEventListener("input", (event) => {
  if (event.target.id === "file") return;
  if (event.target === body) { mark([]); if (!body.value) format = "text"; }
  later();
});
body.addEventListener("scroll", () => { behind.scrollTop = body.scrollTop; });
document.getElementById("file").addEventListener("change", (event) => take(event.target.files[0]));
for (const name of ["dragenter", "dragover"]) overlay.addEventListener(name, (event) => { event.preventDefault(); overlay.classList.add("over"); });
overlay.addEventListener("dragleave", () => overlay.classList.remove("over"));
overlay.addEventListener("drop", (event) => {
  event.preventDefault();
  overlay.classList.remove("over");
  take(event.dataTransfer.files[0]);
});
later();
