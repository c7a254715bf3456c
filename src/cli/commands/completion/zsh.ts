import type { Named, Tree, Values } from './tree.ts';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** \`name:description\` as _describe reads it. */
const described = ({ name, about }: Named): string => quoted(`${name.replaceAll(':', '\\:')}:${about}`);

const offer = (values: Values): string => {
  switch (values.kind) {
    case 'words':
      return values.words.length === 0 ? ':' : `compadd -- ${values.words.map(quoted).join(' ')}`;
    case 'files':
      return '_files';
    case 'directories':
      return '_files -/';
    case 'anything':
      return ':';
  }
};

export const zshScript = ({ places, taking }: Tree): string => `#compdef crm-doctor
# zsh completion of crm-doctor: source <(crm-doctor completion zsh), or keep it as _crm-doctor in a directory of $fpath
compdef _crm-doctor crm-doctor

# Whether a flag takes a value (one) or every word up to the next flag (many).
_crm-doctor_takes() {
  case $1 in
${taking.map(({ flags, many }) => `    (${flags.join('|')}) REPLY=${many ? 'many' : 'one'} ;;`).join('\n')}
    (*) REPLY='' ;;
  esac
}

_crm-doctor_values() {
  case $1 in
${taking.map(({ flags, values }) => `    (${flags.join('|')}) ${offer(values)} ;;`).join('\n')}
  esac
}

_crm-doctor() {
  local at='' flag='' takes='' word REPLY
  local -i i
  local -a offered
  for (( i = 2; i < CURRENT; i++ )); do
    word=$words[i]
    if [[ $word == --*=* ]]; then
      takes=''
    elif [[ $word == -* ]]; then
      _crm-doctor_takes $word
      flag=$word
      takes=$REPLY
    elif [[ -n $takes ]]; then
      [[ $takes == many ]] || takes=''
    else
      case "\${at:+$at }$word" in
${places
  .filter(({ at }) => at !== '')
  .map(({ at }) => `        (${quoted(at)}) at=${quoted(at)} ;;`)
  .join('\n')}
      esac
    fi
  done
  if [[ $PREFIX == --*=* ]]; then
    flag=\${PREFIX%%=*}
    compset -P '*='
    _crm-doctor_values $flag
    return
  fi
  if [[ $PREFIX == -* ]]; then
    case $at in
${places.map(({ at, flags }) => `      (${quoted(at)}) offered=(${flags.map(described).join(' ')}) ;;`).join('\n')}
    esac
    _describe -o 'option' offered
    return
  fi
  if [[ -n $takes ]]; then
    _crm-doctor_values $flag
    return
  fi
  case $at in
${places
  .map(({ at, commands, values }) =>
    commands.length > 0
      ? `    (${quoted(at)}) offered=(${commands.map(described).join(' ')}); _describe 'command' offered ;;`
      : `    (${quoted(at)}) ${offer(values)} ;;`,
  )
  .join('\n')}
  esac
}

# When it is autoloaded the first call is already a completion.
if [[ $funcstack[1] == _crm-doctor ]]; then
  _crm-doctor "$@"
fi
`;
