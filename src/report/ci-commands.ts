/** `::error::` at the beginning of a line, coloured or not: GitHub Actions and Gitea obey it wherever it is printed. */
const atLineStart = /^((?:[^\S\n]|\u001b\[\d+m)*)::(?=[a-z][\w-]*(?: [^\n]*)?::)/gim;
/** The older form of GitHub, Azure Pipelines, TeamCity; obeyed in the middle of a line too. */
const bracketed = /##(?=(?:vso|teamcity)?\[)/g;

/** Text for a job's log in which nothing that a server said is taken for a command. It keeps its width. */
export const withoutCommands = (text: string): string => text.replace(atLineStart, '$1: ').replace(bracketed, '# ');
