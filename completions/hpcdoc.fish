# fish completion for hpcdoc: all it knows comes from `hpcdoc __complete`.

function __hpcdoc_complete
    set -l words (commandline -opc)
    set -l current (commandline -ct)
    set -l answer ($words[1] __complete (count $words) -- $words "$current" 2>/dev/null)
    for line in $answer
        switch $line
            case '*:files'
                __fish_complete_path $current
            case '*:dirs'
                __fish_complete_directories $current
            case '*'
                echo $line
        end
    end
end

complete -c hpcdoc -f -a '(__hpcdoc_complete)'
