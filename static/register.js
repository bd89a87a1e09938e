/*
 * Conveniences. Every page, form and filter works without this file.
 */
(() => {
  "use strict";

  const each = (selector, act) => document.querySelectorAll(selector).forEach(act);

  /* A page that came back with errors begins by reading them out. */
  const summary = document.querySelector(".govuk-error-summary");
  if (summary) {
    summary.tabIndex = -1;
    summary.focus();
  }

  /* How many characters are left; counted as the server counts, by code point. The words come
     with the page, in its language; what changes is written only when typing pauses, so that a
     screen reader is not interrupted at every key. */
  each("[data-max-length]", (input) => {
    const message = document.getElementById(input.dataset.count);
    if (!message) return;
    const number = new Intl.NumberFormat(document.documentElement.lang + "-u-nu-latn");
    let timer;
    const write = () => {
      const text = input.value.replace(/\r\n?/g, "\n");
      const left = Number(input.dataset.maxLength) - [...text].length;
      const words = left < 0 ? message.dataset.over : message.dataset.left;
      message.textContent = words.replace("{count}", number.format(Math.abs(left)));
      message.classList.toggle("app-count--over", left < 0);
    };
    input.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(write, 600);
    });
    if (input.value) write();
    message.setAttribute("aria-live", "polite");
  });

  /* Filters stand open on a wide screen. Newer browsers are told so by the stylesheet. */
  if (!CSS.supports("selector(::details-content)")) {
    const wide = matchMedia("(min-width: 52rem)");
    const follow = () => each(".app-filters", (filters) => { filters.open = wide.matches; });
    wide.addEventListener("change", follow);
    follow();
  }

  /* A question that depends on another answer of the page comes and goes with it. */
  each("[data-conditions]", (box) => {
    const holds = ({ field, values }) =>
      [...document.getElementsByName(field)].some(
        (input) => (input.checked ?? true) && values.includes(input.value));
    const conditions = JSON.parse(box.dataset.conditions);
    const follow = () => { box.hidden = !conditions.every(holds); };
    box.querySelector(".app-conditional__when").hidden = true;
    document.addEventListener("change", follow);
    follow();
  });

  /* A section saves itself: two seconds after the last change, at most every ten seconds. What the
     page holds is never changed by it. Whoever presses a button waits for what is under way, so
     that nobody is in their own way. */
  const PAUSE = 2000;
  const APART = 10000;
  const ENDINGS = {
    400: "refused", 401: "ended", 403: "refused", 404: "refused", 409: "conflict", 413: "refused",
  };

  each("form[data-autosave]", (form) => {
    const line = form.querySelector(".app-autosave");
    let timer, underWay, sentAt = 0, isChanged = false, isOver = false;

    const say = (name, time = "") => {
      const words = line.dataset[name].replace("{time}", time);
      if (line.textContent !== words) line.textContent = words;
    };

    const take = async (answer) => {
      const ending = answer.type === "opaqueredirect" ? "ended" : ENDINGS[answer.status];
      if (ending) {
        isOver = true;
        say(ending);
        return;
      }
      if (!answer.ok) throw new Error(answer.status);
      const told = await answer.json();
      form.elements.lock_version.value = told.lock_version;
      form.elements.section_seen.value = told.section_seen;
      say("saved", told.saved);
    };

    const save = async () => {
      const sent = new FormData(form);
      sent.append("autosave", "yes");
      isChanged = false;
      sentAt = Date.now();
      try {
        await take(await fetch(form.action, { method: "POST", body: sent, redirect: "manual" }));
      } catch {
        isChanged = true;
        say("offline");
      }
    };

    const start = () => {
      clearTimeout(timer);
      if (isOver || !isChanged || underWay) return;
      underWay = save().finally(() => {
        underWay = undefined;
        if (isChanged) plan();
      });
    };

    const plan = () => {
      clearTimeout(timer);
      if (!isOver) timer = setTimeout(start, Math.max(PAUSE, sentAt + APART - Date.now()));
    };

    const note = () => {
      isChanged = true;
      plan();
    };
    form.addEventListener("input", note);
    form.addEventListener("change", note);
    document.addEventListener("visibilitychange", () => { if (document.hidden) start(); });
    addEventListener("online", start);
    form.addEventListener("submit", (event) => {
      clearTimeout(timer);
      if (!underWay) {
        isOver = true;
        return;
      }
      event.preventDefault();
      isChanged = false;
      underWay.finally(() => form.requestSubmit(event.submitter));
    });
  });

  /* Buttons that only work with a script are hidden until there is one. */
  each("[data-print]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => print());
  });

  if (navigator.clipboard) {
    each("[data-copy]", (button) => {
      button.hidden = false;
      button.addEventListener("click", async () => {
        await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).innerText);
        button.textContent = button.dataset.done;
      });
    });
  }

  /* A folded part that holds the place the address points to is opened. */
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    for (let part = target && target.closest("details"); part; ) {
      part.open = true;
      part = part.parentElement.closest("details");
    }
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  unfold();
})();
