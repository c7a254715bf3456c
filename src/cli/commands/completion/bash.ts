// Bash 3.2, which macOS has, is enough: no arrays by name, no mapfile. The whole line is handed over, since bash breaks
// words at "=" and ":"; what it has cut off already is taken off the answers by the program, which is told where it breaks.
export const bashScript = (
  language: string,
): string => `# bash completion of crm-doctor: source <(crm-doctor completion bash)
_crm_doctor() {
  local IFS=$'\\n' cur=\${COMP_WORDS[COMP_CWORD]} line paths='' word
  COMPREPLY=()
  [[ $cur == '=' || $cur == ':' ]] && cur=''
  while read -r line; do
    case $line in
      :files*) paths=f ;;
      :directories*) paths=d ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <("\${1/#\\~/$HOME}" __complete bash ${language} "$COMP_WORDBREAKS" "\${COMP_LINE:0:COMP_POINT}" 2>/dev/null)
  if [[ -n $paths ]]; then
    compopt -o filenames 2>/dev/null
    COMPREPLY+=($(compgen -$paths -- "$cur"))
  elif [[ $cur != [\\"\\']* ]]; then
    # A glob that is offered is for crm-doctor, not for the shell.
    local i
    for ((i = 0; i < \${#COMPREPLY[@]}; i++)); do
      printf -v word %q "\${COMPREPLY[i]}"
      COMPREPLY[i]=$word
    done
  fi
}

complete -F _crm_doctor crm-doctor
`;
