import { packSession } from '../replay/pack.ts';
import type { SessionParts } from '../replay/session.ts';
import { traceHash } from '../trace/hash.ts';

/** The built programs that make the page; whoever exports reads them from the package. */
export interface HtmlBundles {
  readonly webviewScript: string;
  readonly webviewStyle: string;
  readonly standaloneScript: string;
  readonly standaloneStyle: string;
}

/** Name of the element that holds the session, for the page's own host. */
export const SESSION_ELEMENT = 'virtio-trace-session';

/**
 * One file that replays a run in any browser, opened from disk: it asks the network for nothing, and its policy forbids it.
 * With `parts.sources` it shows the source of each step.
 */
export async function exportHtml(parts: SessionParts, bundles: HtmlBundles): Promise<string> {
  const session = inJson(JSON.stringify(await packSession(parts)));
  // The same run gives the same file, so the nonce follows from the run. It keeps out what a session's text might smuggle in.
  const nonce = traceHash(parts.trace);
  const policy = `default-src 'none'; script-src 'nonce-${nonce}'; style-src 'nonce-${nonce}'; img-src data:`;
  return `<!DOCTYPE html>
<html lang="${parts.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta property="csp-nonce" content="${nonce}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(parts.title)}</title>
<style nonce="${nonce}">${inStyle(bundles.standaloneStyle)}</style>
<style nonce="${nonce}">${inStyle(bundles.webviewStyle)}</style>
</head>
<body>
<script type="application/json" id="${SESSION_ELEMENT}">${session}</script>
<script nonce="${nonce}">${inScript(bundles.standaloneScript)}</script>
<script nonce="${nonce}">${inScript(bundles.webviewScript)}</script>
</body>
</html>
`;
}

const escaped = (text: string): string => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** JSON inside a script element. */
const inJson = (text: string): string => text.replace(/</g, '\\u003c');

/** A script inside a script element: neither its end nor a comment may begin in one of its strings. */
const inScript = (text: string): string => text.replace(/<(?=\/script|!--|script)/gi, '\\x3c');

/** Text inside a style element. */
const inStyle = (text: string): string => text.replace(/<(?=\/style)/gi, '\\3c ');
