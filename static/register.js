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

  /* The search box tells how what is typed could go on: an editable combobox with a list, after
     the ARIA Authoring Practices. The list is a convenience: whoever goes on typing, or presses
     Enter without having chosen, searches for what stands in the box. */
  each("[data-suggest]", (box) => {
    const input = box.querySelector("input");
    const make = (tag, attributes) => Object.assign(document.createElement(tag), attributes);
    const list = make("ul", { id: `${input.id}-list`, className: "app-combo__list", hidden: true });
    const told = make("span", { className: "govuk-visually-hidden" });
    const kept = new Map();
    const number = new Intl.NumberFormat(document.documentElement.lang + "-u-nu-latn");
    let typed = input.value, at = -1, timer, asked;

    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", box.dataset.list);
    told.setAttribute("aria-live", "polite");
    const set = (attributes) => {
      for (const [name, value] of Object.entries(attributes)) input.setAttribute(name, value);
    };
    set({
      role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false",
      "aria-controls": list.id,
    });
    box.append(list, told);

    const close = () => {
      clearTimeout(timer);
      asked?.abort();
      list.hidden = true;
      at = -1;
      told.textContent = "";
      set({ "aria-expanded": "false" });
      input.removeAttribute("aria-activedescendant");
    };

    const open = (texts) => {
      close();
      list.replaceChildren(...texts.map((text, place) => {
        const option = make("li", { id: `${list.id}-${place}`, dir: "auto", textContent: text });
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        return option;
      }));
      if (!texts.length) return;
      list.hidden = false;
      set({ "aria-expanded": "true" });
      told.textContent = box.dataset.count.replace("{count}", number.format(texts.length));
    };

    const choose = (place) => {
      list.children[at]?.setAttribute("aria-selected", "false");
      at = place;
      const option = list.children[at];
      option?.setAttribute("aria-selected", "true");
      option?.scrollIntoView({ block: "nearest" });
      input.value = option ? option.textContent : typed;
      if (option) set({ "aria-activedescendant": option.id });
      else input.removeAttribute("aria-activedescendant");
    };

    const ask = async () => {
      const text = typed;
      asked = new AbortController();
      try {
        if (!kept.has(text)) {
          const address = `${box.dataset.suggest}?${new URLSearchParams({ q: text })}`;
          const answer = await fetch(address, { signal: asked.signal });
          if (!answer.ok) return;
          kept.set(text, (await answer.json()).suggestions);
        }
        if (text === typed && document.activeElement === input) open(kept.get(text));
      } catch {
        // Without suggestions the box is what it is without a script.
      }
    };

    input.addEventListener("input", (event) => {
      typed = input.value;
      if (event.isComposing) return;
      clearTimeout(timer);
      asked?.abort();
      if (typed.trim().length < 2) close();
      else timer = setTimeout(ask, 150);
    });

    const steps = {
      ArrowDown: () => (at + 2) % (list.children.length + 1) - 1,
      ArrowUp: () => (at + 1 + list.children.length) % (list.children.length + 1) - 1,
    };
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey) return;
      if (event.key === "Escape" && !list.hidden) {
        event.preventDefault();
        choose(-1);
        close();
      } else if (event.key in steps && list.hidden && event.key === "ArrowDown") {
        if (typed.trim().length >= 2) ask();
      } else if (event.key in steps && !list.hidden) {
        event.preventDefault();
        choose(steps[event.key]());
      } else if (event.key === "Tab") {
        close();
      }
    });
    // The box keeps the focus: a press on the list would take it away before the click.
    list.addEventListener("pointerdown", (event) => event.preventDefault());
    list.addEventListener("click", (event) => {
      const place = [...list.children].indexOf(event.target.closest("li"));
      if (place < 0) return;
      choose(place);
      close();
      input.form.requestSubmit();
    });
    input.addEventListener("blur", close);
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
