import type { Tree, Values } from './tree.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** How the values of a place are named in the script: a letter, then the words where there are any. */
const codeOf = (values: Values): string => {
  switch (values.kind) {
    case 'words':
      return `w ${values.words.join(' ')}`;
    case 'files':
      return 'f';
    case 'directories':
      return 'd';
    case 'anything':
      return 'x';
  }
};

// Bash 3.2, which macOS has, is enough: no arrays by name, no mapfile. Bash splits words at "=", so `--lang=ja` comes as
// three of them.
export const bashScript = ({
  places,
  taking,
}: Tree): string => `# bash completion of crm-doctor: source <(crm-doctor completion bash)
_crm_doctor_takes() {
  case $1 in
${taking.map(({ flags, values, many }) => `    ${flags.join('|')}) takes=${quoted(codeOf(values))}; many=${many ? 1 : ''} ;;`).join('\n')}
    *) takes=''; many='' ;;
  esac
}

_crm_doctor() {
  local cur=\${COMP_WORDS[COMP_CWORD]} at='' takes='' many='' word i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    word=\${COMP_WORDS[i]}
    if [[ $word == '=' ]]; then
      continue
    elif [[ $word == -* ]]; then
      _crm_doctor_takes "$word"
    elif [[ -n $takes ]]; then
      [[ -n $many ]] || takes=''
    else
      case "\${at:+$at }$word" in
${places
  .filter(({ at }) => at !== '')
  .map(({ at }) => `        ${quoted(at)}) at=${quoted(at)} ;;`)
  .join('\n')}
      esac
    fi
  done
  [[ $cur == '=' ]] && cur=''
  if [[ $cur == -* ]]; then
    case $at in
${places.map(({ at, flags }) => `      ${quoted(at)}) takes=${quoted(`w ${flags.map(({ name }) => name).join(' ')}`)} ;;`).join('\n')}
    esac
  elif [[ -z $takes ]]; then
    case $at in
${places
  .map(({ at, commands, values }) => {
    const code = commands.length > 0 ? `w ${commands.map(({ name }) => name).join(' ')}` : codeOf(values);
    return `      ${quoted(at)}) takes=${quoted(code)} ;;`;
  })
  .join('\n')}
    esac
  fi
  local IFS=$' \\t\\n'
  case $takes in
    w*) COMPREPLY=($(compgen -W "\${takes#w }" -- "$cur")) ;;
    f) compopt -o filenames 2>/dev/null; IFS=$'\\n'; COMPREPLY=($(compgen -f -- "$cur")) ;;
    d) compopt -o filenames 2>/dev/null; IFS=$'\\n'; COMPREPLY=($(compgen -d -- "$cur")) ;;
  esac
}

complete -F _crm_doctor crm-doctor
`;
