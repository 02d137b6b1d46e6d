// Uses the website of the example book as somebody would who has only a keyboard, in a real browser.
//
// In:    the folder of the website; MINUTEBOOK_TOOLS, the folder with the installed modules.
// Out:   on standard output a line for each thing that was done; exit 1 when one could not be.
// Never: writes a file, or lets a page reach the network.

import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const installed = createRequire(path.join(process.env.MINUTEBOOK_TOOLS ?? '', 'node_modules', 'any'));
const TYPES = { '.html': 'text/html', '.css': 'text/css', '.js': 'text/javascript', '.json': 'application/json', '.pdf': 'application/pdf' };
// What a careful web server says: nothing from elsewhere, no script or style within a page.
const POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'";

const folder = path.resolve(process.argv[2] ?? '');
const failed = [];

function expect(holds, what) {
  console.log(`${holds ? 'ok   ' : 'FAULT'} ${what}`);
  if (!holds) failed.push(what);
}

function serve() {
  const server = createServer((request, response) => {
    if (request.url === '/favicon.ico') return response.writeHead(204).end();
    const file = path.join(folder, decodeURIComponent(new URL(request.url, 'http://x').pathname));
    try {
      const bytes = readFileSync(file);
      response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'text/plain', 'content-security-policy': POLICY });
      response.end(bytes);
    } catch {
      response.writeHead(404).end();
    }
  });
  return new Promise((done) => server.listen(0, '127.0.0.1', () => done(server)));
}

// Presses Tab until the focus is on what is looked for.
async function tabTo(page, selector, most = 400) {
  for (let count = 0; count < most; count += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) {
      return page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle !== 'none');
    }
  }
  throw new Error(`the keyboard does not reach ${selector}`);
}

async function walk(page, root, faults) {
  await page.goto(`${root}/index.html`);
  expect(await tabTo(page, '#q'), 'the search field is reached by keyboard, and its focus shows');
  await page.keyboard.type('9/26');
  await page.keyboard.press('Enter');
  await page.waitForSelector('#results a');
  expect(/results? for/.test(await page.textContent('#found')), 'the search says how much it found');
  await tabTo(page, '#results a[href="actions/9-26.html"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/actions/9-26.html');
  expect((await page.textContent('h1')) === 'Action 9/26', 'the search leads to the action');
  await tabTo(page, 'dd a[href*="assurance/2026-06-30.html#"]');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/assurance/2026-06-30.html#*');
  const place = decodeURIComponent(new URL(page.url()).hash.slice(1));
  expect(await page.evaluate((id) => !!document.getElementById(id), place), 'the action leads to its place in the notes');
  await page.goto(page.url().replace(/#.*/, ''));
  await tabTo(page, '.files a[href$=".pdf"]');
  const pdf = await page.evaluate(() => document.activeElement.href);
  const bytes = readFileSync(path.join(folder, 'assurance', path.basename(pdf)));
  expect(bytes.subarray(0, 5).toString() === '%PDF-', 'the notes lead to their PDF');
  await page.goto(`${root}/actions.html`);
  const rows = () => page.locator('#register tbody tr:visible').count();
  const all = await rows();
  await tabTo(page, '#filter-words');
  await page.keyboard.type('barn');
  await page.keyboard.press('Tab');
  expect((await rows()) < all && /shown/.test(await page.textContent('#shown')), 'the register is filtered, and says so');
  await tabTo(page, '#filters button');
  await page.keyboard.press('Enter');
  await page.waitForFunction((count) => document.querySelectorAll('#register tbody tr:not([hidden])').length === count, all);
  expect(true, 'the filters are taken back');
  expect(faults.length === 0, `no error, and nothing against the security policy${faults.map((one) => `: ${one}`).join('')}`);
}

async function main() {
  const { chromium } = installed('playwright-core');
  const server = await serve();
  const flags = ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync'];
  const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', headless: true, args: flags });
  try {
    const faults = [];
    const page = await browser.newPage();
    page.on('console', (said) => said.type() === 'error' && faults.push(said.text()));
    page.on('pageerror', (error) => faults.push(error.message));
    await walk(page, `http://127.0.0.1:${server.address().port}`, faults);
    await page.goto(`${pathToFileURL(path.join(folder, 'search.html'))}?q=vetting`);
    await page.waitForSelector('#results a');
    expect(true, 'the search works from a folder, without any server');
    const plain = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    await plain.goto(pathToFileURL(path.join(folder, 'search.html')).href);
    expect((await plain.locator('#everything a').count()) > 0 && !(await plain.locator('#search').isVisible()), 'without script, the search page lists every document');
    await plain.goto(pathToFileURL(path.join(folder, 'actions.html')).href);
    expect((await plain.locator('#register tbody tr:visible').count()) > 0 && !(await plain.locator('#filters').isVisible()), 'without script, the register is complete');
  } finally {
    await browser.close();
    server.close();
  }
  return failed.length ? 1 : 0;
}

main().then((code) => (process.exitCode = code), (error) => {
  console.error(error);
  process.exitCode = 2;
});
