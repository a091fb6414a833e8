import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import chromium from '@sparticuz/chromium';
import { chromium as playwright } from 'playwright-core';

import { trayIconSources } from '../shared/view/tray-icon.ts';

import { icoFile, pngFile } from './icon-files.ts';
import type { Picture } from './icon-files.ts';

/**
 * Draws every icon the product ships into resources/icons, and a manifest with the hash of each source and
 * each file. Run it after a change of shared/view/tray-icon.ts or app.svg: `node scripts/draw-icons.ts`.
 * With `--sheet FILE` it also draws all of them on both panels into one picture to look at.
 */
const iconsDir = resolve(import.meta.dirname, '../resources/icons');

interface Wanted {
  readonly filename: string;
  readonly svg: string;
  readonly sizesPx: readonly number[];
}

const appSvg = readFileSync(resolve(iconsDir, 'app.svg'), 'utf8');
const wanted: readonly Wanted[] = [
  { filename: 'app.png', svg: appSvg, sizesPx: [512] },
  ...trayIconSources().map((source) => ({ ...source, filename: `tray/${source.filename}` })),
];

const browser = await playwright.launch({
  executablePath: await chromium.executablePath(),
  args: chromium.args,
});
const page = await browser.newPage();

/** Chromium draws the SVG straight at the wanted size, so that nothing is scaled afterwards. */
async function draw(svg: string, px: number): Promise<Picture> {
  const encoded = await page.evaluate(
    async ([source, size]) => {
      const image = new Image();
      image.src = `data:image/svg+xml,${encodeURIComponent(source)}`;
      await image.decode();
      const canvas = new OffscreenCanvas(size, size).getContext('2d')!;
      canvas.drawImage(image, 0, 0, size, size);
      return Array.from(canvas.getImageData(0, 0, size, size).data);
    },
    [svg.replace(/width="\d+" height="\d+"/, `width="${px}" height="${px}"`), px] as const,
  );
  return { px, rgba: Uint8Array.from(encoded) };
}

rmSync(resolve(iconsDir, 'tray'), { recursive: true, force: true });
const manifest: Record<string, { source: string; file: string }> = {};
const tiles: { filename: string; dataUrl: string }[] = [];
for (const { filename, svg, sizesPx } of wanted) {
  const pictures: Picture[] = [];
  for (const px of sizesPx) pictures.push(await draw(svg, px));
  const bytes = filename.endsWith('.ico') ? icoFile(pictures) : pngFile(pictures[0]!);
  const path = resolve(iconsDir, filename);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
  manifest[filename] = { source: sha256(svg), file: sha256(bytes) };
  const type = filename.endsWith('.ico') ? 'image/x-icon' : 'image/png';
  tiles.push({ filename, dataUrl: `data:${type};base64,${bytes.toString('base64')}` });
}
writeFileSync(resolve(iconsDir, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);

const sheetArgument = process.argv.indexOf('--sheet');
const sheetPath = sheetArgument === -1 ? undefined : process.argv[sheetArgument + 1];
if (sheetPath !== undefined) {
  await page.setViewportSize({ width: 1240, height: 400 });
  await page.setContent(sheetHtml());
  await page.screenshot({ path: sheetPath, fullPage: true });
}
await browser.close();
console.error(`${tiles.length} icons drawn`);

function sheetHtml(): string {
  const panel = (background: string, test: (name: string) => boolean, filter = '') =>
    `<div style="background:${background};padding:8px;margin:4px 0;display:flex;flex-wrap:wrap;gap:10px">${tiles
      .filter(({ filename }) => test(filename))
      .map(({ dataUrl }) => `<img src="${dataUrl}" style="image-rendering:pixelated;${filter}">`)
      .join('')}</div>`;
  const zoom = (background: string, test: (name: string) => boolean, filter = '') =>
    panel(background, test, `width:64px;height:64px;${filter}`);
  const ends = (end: string) => (name: string) => name.endsWith(end);
  return (
    `<body style="margin:8px;width:1220px;background:#888">` +
    panel('#F4F5F7', ends('light-22.png')) +
    panel('#1B1D22', ends('dark-22.png')) +
    panel('#F4F5F7', ends('Template.png')) +
    panel('#1B1D22', ends('Template.png'), 'filter:invert(1);') +
    zoom('#F4F5F7', ends('light-22.png')) +
    zoom('#1B1D22', ends('dark-22.png')) +
    zoom('#F4F5F7', ends('Template.png')) +
    panel('#F4F5F7', ends('light-44.png')) +
    panel('#1B1D22', ends('dark.ico')) +
    panel('#ffffff', ends('app.png'), 'width:128px;height:128px;') +
    `</body>`
  );
}

function sha256(data: string | Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
