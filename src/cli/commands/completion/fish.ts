export const fishScript = (
  language: string,
): string => `# fish completion of crm-doctor: crm-doctor completion fish > ~/.config/fish/completions/crm-doctor.fish
function __crm_doctor_complete
  set -l typed (commandline -ct)
  set -l words (commandline -opc)
  set -l run $words[1]
  set -e words[1]
  for line in ($run __complete fish ${language} $words "$typed" 2>/dev/null)
    switch $line
      case ':files*' ':directories*'
        # Behind --format junit= and the like stands a path.
        set -l before (string split \\t -- $line)[2]
        set -l part (string sub -s (math (string length -- "$before") + 1) -- "$typed")
        if string match -q ':files*' -- $line
          for path in (__fish_complete_path "$part")
            echo "$before$path"
          end
        else
          for path in (__fish_complete_directories "$part" '')
            echo "$before$path"
          end
        end
      case '*'
        echo $line
    end
  end
end

complete -c crm-doctor -f -k -a '(__crm_doctor_complete)'
`;
