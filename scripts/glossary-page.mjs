// @ts-check
/**
 * docs/GLOSSARY.md as text.
 * @param {Readonly<Record<string, string>>} glossary one sentence per term
 */
export function glossaryPage(glossary) {
  const entries = Object.entries(glossary).sort(([a], [b]) => a.localeCompare(b, 'en'));
  return `# Glossary

The terms that the interface uses, in the words that it shows when a term is hovered over. Written from
\`src/protocol/glossary.ts\` by \`npm run docs\`; change them there.

${entries.map(([term, sentence]) => `- **${term}**: ${sentence}`).join('\n')}
`;
}
