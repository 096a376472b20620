const line = document.querySelector('#hello');
const response = await fetch('/api/hello');
const hello = await response.json();
if (line) line.textContent = response.ok ? `${hello.instance} · ${hello.zone} · ${hello.visits}` : hello.message.en;
