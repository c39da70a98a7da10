// <review-widget>: status, themes and issues of a draft beside the form in which it is edited, inside any CMS.
//
// <script src="https://review.example/assets/widget.js" defer></script>
// <review-widget token="…" title-field="#title" body-field="#body"></review-widget>
//
// Attributes: endpoint (by default, where this script comes from), token (a key of the role cms), draft-id,
// title-field, summary-field, body-field, author-field, unit-field (selectors of inputs, textareas or editable elements),
// format (text, html, markdown; html for an editable element), language (vi, en), store (keep the reviews; by default
// they are not kept). Fires `review` with the review as its detail. Its styles stay inside (shadow DOM, an adopted style
// sheet, so that a strict Content-Security-Policy lets it be).
"use strict";
(() => {
  const HOME = new URL(document.currentScript?.src ?? location.href).origin;
  const PAUSE = 800; // milliseconds after the last key
  const FIELDS = ["title", "summary", "body", "author", "unit"];
  const WORDS = {
    vi: { name: "Duyệt bản thảo", clean: "Đạt", attention: "Cần xem", must_fix: "Phải sửa", off: "Ngoài kế hoạch",
      busy: "Đang duyệt…", empty: "Chưa có nội dung.", none: "Không có điểm nào cần xem.", error: "Lỗi",
      warning: "Cảnh báo", suggestion: "Gợi ý", failed: "Không duyệt được", show: "Xem trong bài", instead: "Đề xuất" },
    en: { name: "Draft review", clean: "Clean", attention: "Attention", must_fix: "Must fix", off: "Off plan",
      busy: "Reviewing…", empty: "No text yet.", none: "Nothing was flagged.", error: "Error",
      warning: "Warning", suggestion: "Suggestion", failed: "The review failed", show: "Show in the text", instead: "Suggestion" },
  };
  const STYLE = `
    :host { display: block; font: 14px/1.5 system-ui, sans-serif; color-scheme: light dark;
      color: light-dark(#1f2426, #e6e4de); background: light-dark(#fff, #1e2223);
      border: 1px solid light-dark(#dcd9d0, #363c3d); border-radius: 6px; padding: .7rem .8rem; }
    :host([hidden]) { display: none; }
    p { margin: 0 0 .4rem; } ol { margin: 0; padding: 0; list-style: none; }
    .status { font-weight: 650; } .must_fix, .error { color: light-dark(#a3261c, #ff9a8d); }
    .attention, .warning { color: light-dark(#7a5000, #f0bd5a); } .clean { color: light-dark(#246b3c, #84cf9c); }
    .suggestion { color: light-dark(#27559a, #9dc0f7); } .soft { color: light-dark(#585f61, #a6adae); }
    .chip { display: inline-block; padding: .05rem .5rem; margin: 0 .25rem .25rem 0; border-radius: .6rem; background: light-dark(#d3ebe8, #1f4a49); }
    li { padding: .45rem 0; border-top: 1px solid light-dark(#dcd9d0, #363c3d); overflow-wrap: anywhere; }
    .kind { font-weight: 650; } button { font: inherit; border: 0; padding: 0; background: none; cursor: pointer;
      color: light-dark(#1d5355, #7cc4c4); text-decoration: underline; }
    :focus-visible { outline: 2px solid currentColor; outline-offset: 2px; }`;

  function element(name, text = "", className = "") {
    const made = document.createElement(name);
    made.textContent = text;
    if (className) made.className = className;
    return made;
  }

  class ReviewWidget extends HTMLElement {
    #timer = 0;
    #turn = 0;
    #listening = new AbortController();
    #root = this.attachShadow({ mode: "open" });

    connectedCallback() {
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(STYLE);
      this.#root.adoptedStyleSheets = [sheet];
      this.#listening = new AbortController();
      this.setAttribute("role", "region");
      this.setAttribute("aria-label", this.#words.name);
      this.#say(this.#words.busy);
      document.addEventListener("input", (event) => {
        if (FIELDS.some((name) => this.#field(name)?.contains(event.target))) this.#later();
      }, { signal: this.#listening.signal });
      this.#later(0);
    }

    disconnectedCallback() {
      clearTimeout(this.#timer);
      this.#turn++;
      this.#listening.abort();
    }

    /** Review now, without waiting for a pause in typing. */
    async review() {
      const turn = ++this.#turn;
      const draft = this.#draft();
      if (!draft.body.trim()) return this.#say(this.#words.empty);
      try {
        const answer = await fetch(`${this.getAttribute("endpoint") ?? HOME}/review?offsets=utf16&store=${this.hasAttribute("store") ? "yes" : "no"}`, {
          method: "POST",
          headers: { "Content-Type": "application/json", Authorization: `Bearer ${this.getAttribute("token") ?? ""}` },
          body: JSON.stringify(draft),
        });
        const found = await answer.json();
        if (turn !== this.#turn) return;
        if (!answer.ok) throw new Error(found.detail);
        this.#show(found, draft);
        this.dispatchEvent(new CustomEvent("review", { detail: found, bubbles: true }));
      } catch (error) {
        if (turn === this.#turn) this.#say(`${this.#words.failed}: ${error.message}`, "error");
      }
    }

    get #words() { return WORDS[this.getAttribute("language")] ?? WORDS.vi; }

    #field(name) {
      const selector = this.getAttribute(`${name}-field`);
      return selector ? document.querySelector(selector) : null;
    }

    #later(pause = PAUSE) {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => this.review(), pause);
    }

    #draft() {
      const draft = { body: "", language: this.getAttribute("language") === "en" ? "en" : "vi" };
      for (const name of FIELDS) {
        const field = this.#field(name);
        const value = field && ("value" in field ? field.value : field.innerHTML);
        if (value?.trim()) draft[name] = value;
      }
      const body = this.#field("body");
      draft.format = this.getAttribute("format") ?? (body && !("value" in body) ? "html" : "text");
      if (this.getAttribute("draft-id")) draft.draft_id = this.getAttribute("draft-id");
      return draft;
    }

    #say(text, className = "soft") {
      const line = element("p", text, className);
      line.setAttribute("role", "status");
      this.#root.replaceChildren(line);
    }

    #show(review, draft) {
      const words = this.#words;
      const status = element("p", words[review.status], `status ${review.status}`);
      status.setAttribute("role", "status");
      const themes = element("p");
      const chosen = review.themes.filter((theme) => theme.selected);
      themes.append(...chosen.map((theme) => element("span", theme.label, "chip")));
      if (!chosen.length) themes.append(element("span", words.off, "soft"));
      const list = element("ol");
      list.append(...review.issues.map((issue) => this.#issue(issue, draft)));
      this.#root.replaceChildren(status, themes, review.issues.length ? list : element("p", words.none, "soft"));
    }

    #issue(issue, draft) {
      const made = element("li");
      const words = this.#words;
      made.append(element("span", words[issue.severity], `kind ${issue.severity}`), " ", element("span", issue.message));
      const instead = issue.replacements.filter(Boolean);
      if (instead.length) made.append(element("p", `${words.instead}: ${instead.join(" / ")}`, "soft"));
      const field = FIELDS.includes(issue.field) ? this.#field(issue.field) : null;
      if (field && "setSelectionRange" in field && issue.end > issue.start && field.value === draft[issue.field]) {
        const button = element("button", words.show);
        button.type = "button";
        button.addEventListener("click", () => {
          field.focus();
          field.setSelectionRange(issue.start, issue.end);
        });
        made.append(" ", button);
      }
      return made;
    }
  }

  if (!customElements.get("review-widget")) customElements.define("review-widget", ReviewWidget);
})();
