// Only makes things nicer: every page works without it.
"use strict";

// A form that is on its way is not sent again by a second press.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  if (form.method === "post") form.dataset.sent = "yes";
});

// Coming back to a page makes its form usable again.
window.addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// What is wrong is read out first.
document.querySelector(".problems")?.focus();

// Files go on their way one by one as soon as they are chosen; one that fails can be sent again alone.
for (const form of document.querySelectorAll("form[data-files]")) {
  const input = form.querySelector("input[type=file]");
  form.querySelector("button[value=add]").hidden = true;
  const send = (file, line) => {
    const status = form.querySelector("[role=status]");
    const body = new FormData();
    body.append("do", "add");
    body.append(input.name, file);
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action"));
    request.responseType = "document";
    const progress = document.createElement("progress");
    progress.max = 1;
    line.replaceChildren(`${status.dataset.sending}: ${file.name} `, progress);
    request.upload.onprogress = (event) => { progress.value = event.loaded / event.total; };
    const fail = (words) => {
      const again = document.createElement("button");
      again.type = "button";
      again.className = "quiet";
      again.textContent = status.dataset.again;
      again.onclick = () => send(file, line).then(show);
      line.replaceChildren(`${words || `${status.dataset.failed}: ${file.name}`} `, again);
    };
    return new Promise((done) => {
      request.onload = () => {
        const page = request.response;
        if (request.status === 200) line.remove();
        else fail(page?.querySelector(".error")?.textContent);
        done(page);
      };
      request.onerror = request.ontimeout = () => { fail(); done(null); };
      request.send(body);
    });
  };
  const show = (page) => {
    const now = page?.querySelector(".attached > :last-child");
    if (now) form.querySelector(".attached > :last-child").replaceWith(now);
  };
  input.addEventListener("change", async () => {
    const files = [...input.files];
    input.value = "";
    const status = form.querySelector("[role=status]");
    for (const file of files) {
      const line = document.createElement("p");
      status.append(line);
      show(await send(file, line));
    }
  });
}

// A large file shows how much of it has arrived.
for (const form of document.querySelectorAll("form[data-progress]")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const status = form.querySelector("[role=status]"), progress = document.createElement("progress");
    progress.max = 1;
    status.replaceChildren(`${form.dataset.progress} `, progress);
    const request = new XMLHttpRequest();
    request.open("POST", form.getAttribute("action"));
    request.responseType = "document";
    request.upload.onprogress = (sent) => { progress.value = sent.loaded / sent.total; };
    request.onload = () => {
      if (request.status === 200) return location.assign(request.responseURL);
      const problems = request.response?.querySelector(".problems li");
      delete form.dataset.sent;
      status.textContent = problems?.textContent || request.response?.querySelector("main")?.textContent.trim() || "";
    };
    request.onerror = () => {
      delete form.dataset.sent;
      status.textContent = "送れませんでした。通信を確かめて、もう一度押してください。";
    };
    request.send(new FormData(form));
  });
}

// Whoever stands at the place can let the device say where that is.
for (const button of document.querySelectorAll("button[data-position]")) {
  if (!navigator.geolocation) continue;
  button.hidden = false;
  button.addEventListener("click", () => navigator.geolocation.getCurrentPosition((position) => {
    const { latitude, longitude } = position.coords;
    document.getElementById(button.dataset.position).value = `${latitude.toFixed(6)}, ${longitude.toFixed(6)}`;
  }));
}

// What is typed is saved shortly after; said aloud, and tried again when the network is away.
for (const form of document.querySelectorAll("form[data-saved]")) {
  const status = document.createElement("p");
  status.className = "progress";
  status.setAttribute("role", "status");
  form.append(status);
  let timer, unsaved = false;
  const save = async () => {
    const address = new URL(form.action);
    address.searchParams.set("auto", "yes");
    try {
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)), redirect: "manual" });
      // What is not right yet is not kept: whoever leaves now is asked.
      unsaved = answer.status !== 204;
      const time = new Date().toTimeString().slice(0, 5);
      status.textContent = answer.status === 204 ? `${form.dataset.saved} ${time}` : "";
    } catch {
      status.textContent = form.dataset.failed;
      timer = setTimeout(save, 5000);
    }
  };
  form.addEventListener("input", () => {
    unsaved = true;
    clearTimeout(timer);
    timer = setTimeout(save, 1500);
  });
  window.addEventListener("online", () => { if (unsaved) save(); });
  form.addEventListener("submit", () => { unsaved = false; clearTimeout(timer); });
  window.addEventListener("beforeunload", (event) => { if (unsaved) event.preventDefault(); });
}

// A postcode that the town knows fills in how the address begins; whoever writes it themselves is left alone.
for (const postcode of document.querySelectorAll("input[name$='.postcode']")) {
  const street = document.querySelector(`input[name="${postcode.name.replace(/postcode$/, "street")}"]`);
  postcode.addEventListener("change", async () => {
    if (!street || street.value.trim()) return;
    const answer = await fetch(`/postcodes/${encodeURIComponent(postcode.value)}`).catch(() => null);
    if (!answer?.ok || street.value.trim()) return;
    street.value = await answer.text();
    street.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// Whoever edits a form sees at once how it looks.
for (const form of document.querySelectorAll("form[data-preview]")) {
  const preview = document.getElementById(form.dataset.preview);
  let timer, newest = 0;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(async () => {
      const number = ++newest;
      const address = new URL(form.getAttribute("action"), location.href);
      address.searchParams.set("preview", "yes");
      const language = new URLSearchParams(location.search).get("language");
      if (language) address.searchParams.set("language", language);
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams(new FormData(form)) }).catch(() => null);
      if (answer?.ok && !answer.redirected && number === newest) preview.innerHTML = await answer.text();
    }, 400);
  });
}

// A list is worked through with keys, until somebody turns that off.
const list = document.querySelector("table[data-keys]"), keys = document.getElementById("keys");
if (list && keys) {
  const button = keys.querySelector("button"), links = [...list.querySelectorAll("tbody a")];
  let isOn = localStorage.getItem("keys") !== "off";
  const show = () => { button.textContent = isOn ? button.dataset.on : button.dataset.off; };
  button.hidden = false;
  button.addEventListener("click", () => {
    isOn = !isOn;
    localStorage.setItem("keys", isOn ? "on" : "off");
    show();
  });
  show();
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (!isOn || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (target.matches("select, textarea, input:not([type=checkbox])")) return;
    const row = target.closest("tbody tr"), now = links.findIndex((link) => row?.contains(link));
    const step = { j: 1, k: -1, ...(row && { ArrowDown: 1, ArrowUp: -1 }) }[key];
    if (step) links[Math.min(links.length - 1, Math.max(0, now + step))]?.focus();
    else if (key === "x" && row) row.querySelector("input")?.click();
    else if (key === "/") document.getElementById("q").focus();
    else if (key === "?") {
      keys.open = true;
      keys.querySelector("summary").focus();
    } else return;
    event.preventDefault();
  });
}
