import { createHash } from 'node:crypto';
import encodeQR from 'qr';
import { shortHash } from '#core/kernel/ids.ts';
import type { RelayCard } from '#core/wire/relay-card.ts';
import { sentence, type Sentence } from './sentences.ts';

/** What the laptop shows. */
export interface Shown {
	readonly card: RelayCard;
	/** The card as a phone's camera reads it. */
	readonly link: string;
	/** Connected now. */
	readonly phones: number;
}

/** Asked whenever something has changed, and draws that alone anew; says when the program has stopped. */
const SCRIPT = `
const parts = (page) => page.querySelectorAll('main > svg, section > *');
const events = new EventSource('/events');
events.onopen = () => document.body.classList.remove('ended');
events.onerror = () => document.body.classList.add('ended');
events.onmessage = async () => {
	const text = await (await fetch('/')).text();
	const fresh = parts(new DOMParser().parseFromString(text, 'text/html'));
	parts(document).forEach((part, index) => part.isEqualNode(fresh[index]) || part.replaceWith(fresh[index]));
};
`;

/** The tokens of src/lib/ui/styles, as far as one page needs them. */
const STYLE = `
:root { color-scheme: light; --paper: #faf8f5; --card: #fffdf9; --hairline: #e4dfd7; --ink: #1a1a1a; --muted: #55524d; --brand: #b3261e; --ok: #1b6e3c; }
* { margin: 0; box-sizing: border-box; }
body { min-height: 100vh; display: grid; place-items: center; padding: 3vmin; background: var(--paper); color: var(--ink);
	font: 18px/1.6 system-ui, -apple-system, 'PingFang SC', 'Noto Sans CJK SC', 'Source Han Sans SC', 'Microsoft YaHei', sans-serif; }
main { display: grid; gap: 3vmin 5vmin; align-items: center; grid-template-columns: auto minmax(18rem, 26rem); }
svg { display: block; width: min(84vmin, 54vw); height: auto; border: 1px solid var(--hairline); border-radius: 14px; background: #fff; }
h1 { font: 600 clamp(30px, 5vmin, 48px)/1.3 'Source Han Serif SC', 'Noto Serif CJK SC', 'Songti SC', STSong, SimSun, serif; color: var(--brand); text-wrap: balance; overflow-wrap: anywhere; }
h2 { font: 600 clamp(24px, 4vmin, 36px)/1.4 'Source Han Serif SC', 'Noto Serif CJK SC', 'Songti SC', STSong, SimSun, serif; }
section { display: grid; gap: 20px; }
[lang='en'] { display: block; color: var(--muted); font: 16px/1.5 system-ui, sans-serif; }
.phones { color: var(--ok); font-size: clamp(20px, 3vmin, 28px); font-weight: 600; }
.warning { color: var(--brand); font-weight: 600; }
.meta { color: var(--muted); font-size: 16px; overflow-wrap: anywhere; }
.gone { display: none; position: fixed; z-index: 1; inset: 0 0 auto; padding: 12px 20px; background: var(--brand); color: #fff; text-align: center; }
.gone [lang='en'] { color: inherit; }
.ended .gone { display: block; }
.ended main { opacity: 0.35; }
@media (max-width: 50rem) { main { grid-template-columns: 1fr; } svg { width: 100%; } }
@media print { @page { size: A4; margin: 20mm; } main { grid-template-columns: 1fr; } svg { width: 150mm; margin-inline: auto; } .phones, .gone { display: none; } }
`;

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Nothing of anybody else's, and no frame around it: whoever sees the code may come in. */
export const PAGE_POLICY = [
	"default-src 'none'",
	`script-src ${sourceOf(SCRIPT)}`,
	`style-src ${sourceOf(STYLE)}`,
	"connect-src 'self'",
	"base-uri 'none'",
	"form-action 'none'",
	"frame-ancestors 'none'",
].join('; ');

/** DIRECT-9: one big code, and what people beside the laptop want to know. */
export function renderPage({ card, link, phones }: Shown): string {
	return `<!doctype html>
<html lang="zh-Hans">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(card.name)} · ${escaped(sentence('laptop_title')[0])}</title>
<style>${STYLE}</style>
<body>
${said('div', 'gone', 'laptop_ended')}
<main>
${encodeQR(link, 'svg', { ecc: 'medium', border: 4 })}
<section>
<h1>${escaped(card.name)}</h1>
${said('h2', '', 'laptop_scan')}
${said('p', '', 'laptop_wifi')}
${said('p', 'phones', 'laptop_phones', { count: phones })}
${said('p', 'meta', 'laptop_keep')}
${said('p', 'meta', 'laptop_check', { key: shortHash(card.relay) })}
${card.addresses.length > 0 ? place(card) : said('p', 'warning', 'laptop_nowhere')}
</section>
</main>
<script>${SCRIPT}</script>
`;
}

function place({ addresses, localName, port }: RelayCard): string {
	const all = localName === null ? addresses : [...addresses, localName];
	return said('p', 'meta', 'laptop_at', { addresses: all.join(' '), port });
}

function said(tag: string, kind: string, name: Sentence, params?: Readonly<Record<string, string | number>>): string {
	const [chinese, english] = sentence(name, params).map(escaped);
	return `<${tag} class="${kind}">${chinese} <span lang="en">${english}</span></${tag}>`;
}

function escaped(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
