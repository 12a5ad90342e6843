// Adds to each line that is meant for a shell a button that copies it. Without this script the page is whole.
const said = document.getElementById('said');

// Behind a proxy that ends TLS the server does not know what the browser calls it.
const here = new URL('.', location.href).href.replace(/\/$/, '');
const origin = document.querySelector('[data-origin]').dataset.origin;
for (const code of document.querySelectorAll('main code')) {
  code.textContent = code.textContent.replace(origin + '/', here + '/');
}

async function copy(code, button) {
  try {
    await navigator.clipboard.writeText(code.textContent);
    button.textContent = 'Copied';
    said.textContent = 'Copied';
  } catch {
    getSelection().selectAllChildren(code);
    button.textContent = 'Selected';
    said.textContent = 'Selected: copy it with the keyboard';
  }
  setTimeout(() => {
    button.textContent = 'Copy';
    said.textContent = '';
  }, 2000);
}

for (const line of document.querySelectorAll('.line')) {
  const code = line.querySelector('code');
  const button = document.createElement('button');
  button.type = 'button';
  button.textContent = 'Copy';
  button.setAttribute('aria-label', 'Copy: ' + line.querySelector('pre').getAttribute('aria-label'));
  button.addEventListener('click', () => copy(code, button));
  line.append(button);
}
