/** Where Node.js is looked for beside PATH: a login that is not interactive often has a short one. */
const usualPlaces = ['/usr/local/bin/node', '/opt/bitnami/node/bin/node', '"$HOME"/.nvm/versions/node/*/bin/node'];

/**
 * Whether a Node.js is one that crm-doctor runs on (package.json: engines). Any version since 2009 can read it.
 */
const fits =
  'var v=process.versions.node.split("."),a=+v[0],b=+v[1];process.exit(a>=24||(a===22&&b>=13)||(a===20&&b>=19)?0:1)';

/**
 * Reads the tool from the first frame of its input into the directory that it was given, then hands the rest of the
 * input over. The directory goes when the process ends, also when its input ends early: then the connection was cut.
 */
const boot = `
const fs=require("fs"),zlib=require("zlib"),url=require("url"),path=require("path");
const dir=process.argv[1],nonce=process.argv[2],max=64*1024*1024;
process.on("exit",()=>{try{fs.rmSync(dir,{recursive:true,force:true})}catch{}});
for(const s of ["SIGHUP","SIGINT","SIGTERM"])process.on(s,()=>process.exit(129));
const cut=()=>process.exit(129);
let all=Buffer.alloc(0);
const read=(chunk)=>{
all=Buffer.concat([all,chunk]);
if(all.length<4)return;
const size=all.readUInt32BE(0);
if(size>max)process.exit(3);
if(all.length<4+size)return;
process.stdin.off("data",read);process.stdin.off("end",cut);process.stdin.off("error",cut);process.stdin.pause();
const pack=zlib.gunzipSync(all.subarray(4,4+size),{maxOutputLength:max});
let at=4+pack.readUInt32BE(0);
for(const [name,length] of JSON.parse(pack.subarray(4,at).toString())){
if(!/^[a-z0-9.-]+([/][A-Za-z0-9_.-]+)?$/.test(name)||name.includes(".."))process.exit(3);
const file=path.join(dir,name);
fs.mkdirSync(path.dirname(file),{recursive:true,mode:448});
fs.writeFileSync(file,pack.subarray(at,at+length),{mode:384});
at+=length;
}
const rest=all.subarray(4+size);
import(url.pathToFileURL(path.join(dir,"dist","vantage.js")).href).then((m)=>m.serve(process.stdin,process.stdout,rest,nonce)).catch(()=>process.exit(3));
};
process.stdin.on("data",read);process.stdin.on("end",cut);process.stdin.on("error",cut);
`.replaceAll('\n', '');

/** One word of a POSIX shell; csh and fish, which may stand before it, read it the same way. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/**
 * What runs on the other machine, on one line, since csh knows no line breaks between quotes. It says by lines that
 * carry the nonce how far it came; whatever a login script prints besides is passed over. `trap` removes the directory
 * on every end that a shell can notice, and Node.js itself on those that it cannot.
 */
export const remoteCommand = (nonce: string): string => {
  const script = [
    'umask 077',
    `n=${nonce}`,
    `say() { printf "\\n@crm-doctor %s %s\\n" "$n" "$*"; }`,
    'd=',
    `trap '[ -z "$d" ] || rm -rf "$d"' EXIT`,
    "trap 'exit 129' HUP INT TERM PIPE",
    'good=',
    'old=',
    `for c in "$(command -v node)" "$(command -v nodejs)" ${usualPlaces.join(' ')}; do if [ -z "$good" ] && [ -n "$c" ] && [ -x "$c" ]; then if "$c" -e '${fits}' </dev/null >/dev/null 2>&1; then good=$c; else old="$old $("$c" --version </dev/null 2>/dev/null | head -c 40) ($c)"; fi; fi; done`,
    'if [ -z "$good" ]; then if [ -n "$old" ]; then say old-node "$old"; else say no-node "$(uname -sm)"; fi; exit 90; fi',
    'd=$(mktemp -d "${TMPDIR:-/tmp}/crm-doctor.XXXXXXXXXX") || { say no-directory "${TMPDIR:-/tmp}"; exit 91; }',
    `say ready "$("$good" --version)"`,
    `"$good" -e '${boot}' "$d" "$n"`,
  ].join('; ');
  return `exec /bin/sh -c ${quoted(script)}`;
};
