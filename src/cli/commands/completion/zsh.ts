export const zshScript = (language: string): string => `#compdef crm-doctor
# zsh completion of crm-doctor: source <(crm-doctor completion zsh), or keep it as _crm-doctor in a directory of $fpath
_crm-doctor() {
  local line paths='' name about
  local -a offered before
  before=("\${(@Q)words[2,CURRENT-1]}")
  (( CURRENT > 2 )) || before=()
  for line in "\${(@f)$("\${(Q)words[1]}" __complete zsh ${language} "\${before[@]}" "\${(Q)PREFIX}" 2>/dev/null)}"; do
    case $line in
      ('') ;;
      (:files*) paths=files ;;
      (:directories*) paths=directories ;;
      (*)
        name=\${line%%$'\\t'*}
        about=\${line#*$'\\t'}
        offered+=("\${name//:/\\\\:}\${about:+:$about}")
        ;;
    esac
  done
  (( $#offered )) && _describe -V 'crm-doctor' offered
  case $paths in
    (files) [[ $PREFIX != *=* ]] || compset -P '*='; _files ;;
    (directories) [[ $PREFIX != *=* ]] || compset -P '*='; _files -/ ;;
  esac
}

# When it is autoloaded the first call is already a completion.
if [[ $funcstack[1] == _crm-doctor ]]; then
  _crm-doctor "$@"
else
  compdef _crm-doctor crm-doctor
fi
`;
